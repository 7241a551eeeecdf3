export type { ImportKind } from './columns.ts'
export {
  checkFile,
  type ImportHooks,
  type ImportProgress,
  type ImportReport,
  type ImportRequest,
  importFile,
} from './import.ts'
export { inspectFile } from './inspect.ts'
export { type RunningImport, startImport } from './start.ts'
