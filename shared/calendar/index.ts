export { isCron, nextCron } from './cron.ts'
export { addDays, addYears, dateSchema, isTime, weekday } from './date.ts'
export {
  type FestivalId,
  festivalId,
  festivalName,
  festivals,
} from './festival.ts'
export {
  nextFestival,
  pastFestivals,
} from './occurrence.ts'
export { instantOf, isZone, offsetAt } from './offset.ts'
export { parseInstant } from './parse.ts'
export { quietUntil } from './quiet.ts'
export { sayDate, sayDay } from './say.ts'
export { sayCron } from './say-cron.ts'

export {
  leastLength,
  type Span,
  sayLength,
  saySpan,
  spanSchema,
  spanUnits,
} from './span.ts'

export { addSpan, localDate, localDay, localTime, startOfDay, zonedAt } from './zone.ts'
