import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type ValuesAnswer, valuesAnswer, valuesChanged } from '../../../shared/api/values.ts'
import type { JourneyValue } from '../../../shared/journey/values.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCanvas } from '../context.ts'
import styles from './Inspector.module.css'
import { ValueInput } from './OwnValue.tsx'

/** The values of the version that runs: changed at once, without a new version. */
export function LiveValues() {
  const { t } = useTranslation('canvas')
  const { meta } = useCanvas()
  const id = useStore(meta, (state) => state.id)
  const runs = useStore(meta, ({ status }) => status === 'live' || status === 'paused')
  const path = `/journeys/${encodeURIComponent(id)}/values`
  const { data } = useApiQuery(path, valuesAnswer, { enabled: runs })
  if (!runs || data === undefined || data.values.length === 0) return null
  return (
    <section className={styles.live} data-testid="live-values">
      <h4>{t('variables.live')}</h4>
      <p className={styles.note}>{t('variables.liveAbout')}</p>
      {data.values.map((one) => (
        <LiveValue key={`${one.name} ${String(one.value)}`} one={one} path={path} />
      ))}
    </section>
  )
}

function LiveValue({ one, path }: { one: ValuesAnswer['values'][number]; path: string }) {
  const { t } = useTranslation('canvas')
  const format = useFormat()
  const notice = useNotice()
  const [written, setWritten] = useState<JourneyValue>(one.value)
  const [busy, setBusy] = useState(false)
  const { name, label, value, own, from, waiting } = one
  const apply = async () => {
    setBusy(true)
    try {
      const { reached } = await api.put(path, valuesChanged, { values: { [name]: written } })
      const told = { name, count: reached, messages: format.count(reached) }
      notice.done(t(reached > 0 ? 'variables.appliedToWaiting' : 'variables.applied', told))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      // With it how far queued messages are.
      await refresh(path.replace(/values$/, ''))
      setBusy(false)
    }
  }
  return (
    <div>
      <div className={styles.variable}>
        <code>{label === null ? name : format.text(label)}</code>
        <ValueInput name={name} value={written} onChange={setWritten} />
        <Button
          size="small"
          type="primary"
          disabled={written === value}
          loading={busy}
          onClick={() => void apply()}
          data-testid={`apply-${name}`}
        >
          {t('variables.apply')}
        </Button>
      </div>
      {waiting === 0 || written === value ? null : (
        <p className={styles.note} data-testid={`reaches-${name}`}>
          {t('variables.reaches', { count: waiting, messages: format.count(waiting) })}
        </p>
      )}
      {from === null ? null : (
        <p className={styles.note}>{t('variables.since', { own: String(own), when: format.time(from) })}</p>
      )}
    </div>
  )
}
