export { cropAroundKeep, goneByCrop } from './crop-hint.js';
export { measureUtility, type Utility } from './measure-utility.js';
