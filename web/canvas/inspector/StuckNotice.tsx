import { Button } from 'antd'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { retryAnswer, stuckList } from '../../../shared/api/journeys.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCanvas } from '../context.ts'
import styles from './Inspector.module.css'

/** Customers who are stuck at a node (rule 26): how many, why, and a way to try again. */
export function StuckNotice({ id }: { id: string }) {
  const { numbers } = useCanvas()
  const stuck = useStore(numbers, ({ source, nodes }) => (source === 'live' ? (nodes[id]?.stuck ?? 0) : 0))
  return stuck === 0 ? null : <Stuck id={id} count={stuck} />
}

function Stuck({ id, count }: { id: string; count: number }) {
  const { t } = useTranslation(['canvas', 'people'])
  const { meta, screen } = useCanvas()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const path = `/journeys/${encodeURIComponent(useStore(meta, (state) => state.id))}`
  const { data } = useApiQuery(`${path}/stuck`, stuckList)
  const errors = new Set(data?.stuck.filter(({ node }) => node === id).map(({ error }) => error))
  const retry = async () => {
    setBusy(true)
    try {
      const { retried } = await api.post(`${path}/retry`, retryAnswer)
      notice.done(t('stuck.retried', { count: retried }))
      void refresh(path)
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.broken} role="alert" data-testid="stuck">
      <p>{t('stuck.title', { count })}</p>
      <ul>
        {[...errors].slice(0, 3).map((error) => (
          <li key={error}>{error}</li>
        ))}
      </ul>
      <Button icon={<RotateCw size={14} />} loading={busy} onClick={() => void retry()}>
        {t('stuck.retry')}
      </Button>
      <Button type="link" onClick={() => screen.setState({ people: id })}>
        {t('people:open')}
      </Button>
    </div>
  )
}
