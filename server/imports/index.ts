export type { EntrantsInto } from './entrants.ts'
export {
  type ImportHooks,
  type ImportProgress,
  type ImportReport,
  type ImportRequest,
  importFile,
} from './import.ts'
export { inspectFile } from './inspect.ts'
export { checkFile, type FileRequest, planOf } from './plan.ts'
export { reasons } from './reasons.ts'
export { recordTaker } from './records/index.ts'
export { eventNamer } from './records/named-events.ts'
export { strangerMaker } from './records/strangers.ts'
