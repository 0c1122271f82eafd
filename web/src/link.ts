import './components/link.ts';
