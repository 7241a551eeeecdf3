import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import styles from './Rehearsal.module.css'

/** Why nobody has come in, and what to do about it. */
export function Nobody() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const format = useFormat()
  const report = useStore(rehearsal, (state) => state.report)
  if (report === null) return null
  const { kept_out: count, entries, unknown_customers: unknown, left_out: left } = report
  const unlisted = entries.length > 0 && entries.every(({ by }) => by === 'nobody')
  return (
    <p className={styles.nobody} data-testid="rehearsal-nobody">
      {count > 0
        ? t('nobodyNew', { count, people: format.count(count) })
        : unknown.length > 0
          ? t('nobodyKnown', { count: unknown.length, ids: unknown.slice(0, 5).join(', ') })
          : left.customers > 0
            ? t('leftOut', { count: left.customers, people: format.count(left.customers) })
            : t(unlisted ? 'nobodyListed' : 'nobody')}
    </p>
  )
}
