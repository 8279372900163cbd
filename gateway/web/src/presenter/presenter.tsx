import 'theme.css';
