import './components/app.ts';
