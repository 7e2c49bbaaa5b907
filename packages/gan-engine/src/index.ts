export { registerGradients } from './gradients/register-gradients.js';
