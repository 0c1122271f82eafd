import './components/page.ts';
