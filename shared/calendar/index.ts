export { nextAnniversary } from './birthday.ts'
export { isCron, nextCron } from './cron.ts'
export { addDays, addMonths, addYears, dateSchema, isDate, isTime, timeSchema, weekday } from './date.ts'
export {
  type Festival,
  type FestivalId,
  festivalId,
  festivalIds,
  festivalName,
  festivals,
} from './festival.ts'
export {
  festivalDate,
  firstFestivalYear,
  lastFestivalYear,
  nextFestival,
  pastFestivals,
} from './occurrence.ts'
export { instantOf, isZone, offsetAt } from './offset.ts'
export { parseInstant } from './parse.ts'
export { type Quiet, quietSchema, quietUntil } from './quiet.ts'
export { sayDate, sayDay } from './say.ts'
export { sayCron } from './say-cron.ts'
export { sayFestivalDay } from './say-festival.ts'
export {
  leastLength,
  type Span,
  type SpanUnit,
  sayLength,
  saySpan,
  spanSchema,
  spanUnitNames,
  spanUnits,
} from './span.ts'
export { nextInWindow, type Window, windowSchema } from './window.ts'
export { addSpan, localDate, localTime, startOfDay, zonedAt } from './zone.ts'
