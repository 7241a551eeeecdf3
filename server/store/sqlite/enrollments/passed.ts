import type Database from 'better-sqlite3'
import type { Passed } from '../../../ports/rehearsal.ts'
import { type EnrollmentRow, enrollmentColumns, storedOrBare } from './enrollments.ts'

type Asked = [journeyId: string, on: 'entered' | 'left', from: number, until: number]

/** Who came into a journey, or left it, between two moments, by time. */
export function passagesReader(sqlite: Database.Database): (...asked: Asked) => Passed[] {
  const endings = sqlite.prepare<[string, number, number], { id: number; ending: string | null }>(
    'select id, ending from enrollments where journey_id = ? and ended_at >= ? and ended_at < ?',
  )
  const by = (column: 'entered_at' | 'ended_at') =>
    sqlite
      .prepare<[string, number, number], EnrollmentRow>(
        `select ${enrollmentColumns} from enrollments
         where journey_id = ? and ${column} >= ? and ${column} < ? order by ${column}, id`,
      )
      .raw()
  const entered = by('entered_at')
  const left = by('ended_at')
  return (journeyId, on, from, until) => {
    if (on === 'entered')
      return entered.all(journeyId, from, until).map((row) => {
        const { enrollment } = storedOrBare(row)
        return { enrollment, at: enrollment.enteredAt, ending: null }
      })
    const endingOf = new Map(endings.all(journeyId, from, until).map(({ id, ending }) => [id, ending]))
    return left.all(journeyId, from, until).map((row) => {
      const { enrollment, leftAt } = storedOrBare(row)
      return { enrollment, at: leftAt ?? from, ending: endingOf.get(enrollment.id) ?? null }
    })
  }
}
