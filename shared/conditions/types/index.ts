export { isDayAlone } from './moment.ts'
export { ColumnSample } from './propose.ts'
export {
  isBlank,
  type ReadingContext,
  readAs,
  typedValue,
} from './read.ts'
export {
  type AttributeType,
  attributeTypes,
  type Declared,
  type Format,
  formatNames,
  formats,
  types,
  unreadableReasons,
  unreadableWords,
} from './type.ts'
export { readYesNo } from './yes-no.ts'
