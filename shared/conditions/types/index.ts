export { isDayAlone } from './moment.ts'
export { ColumnSample, type Proposal, propose } from './propose.ts'
export {
  isBlank,
  type Reading,
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
  type UnreadableReason,
  unreadableReasons,
  unreadableWords,
} from './type.ts'
export { readYesNo } from './yes-no.ts'
