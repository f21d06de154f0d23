export { measureUtility, type Utility } from './measure-utility.js';
