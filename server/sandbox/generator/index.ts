export { demoBrand, demoClockStart, demoFutureUntil, demoHistoryFrom, demoSeed } from './brand.ts'
export { catalogue, categories, stockOf } from './catalogue.ts'
export { demoContents } from './contents.ts'
export { demoCustomers, demoNewcomers } from './customers.ts'
export { demoFuture, demoHistory } from './history.ts'

export { respond } from './respond.ts'
export type { CustomerRow, EventRow } from './rows.ts'
export { demoOwners, demoRules, demoStaff, demoTeams } from './staff.ts'
