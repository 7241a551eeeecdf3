export { isDayAlone } from './moment.ts'
export { ColumnSample } from './propose.ts'
export {
  type ReadingContext,
  readAs,
  typedValue,
} from './read.ts'
export {
  type AttributeType,
  attributeTypes,
  type Declared,
  type Format,
  formats,
  types,
} from './type.ts'
export { readYesNo } from './yes-no.ts'
