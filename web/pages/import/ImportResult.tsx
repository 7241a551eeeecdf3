import { Alert, Button, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { z } from 'zod'
import { type ImportAnswer, importAnswer } from '../../../shared/api/imports.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProgressLine } from '../../ui/ProgressLine.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './FileCard.module.css'
import { LeftOut } from './LeftOut.tsx'

/** An import under way, then what it brought and which rows stayed outside. */
export function ImportResult({ id, onClose, onEnd }: { id: string; onClose: () => void; onEnd: () => void }) {
  const query = useApiQuery(`/imports/${id}`, importAnswer, {
    refetchInterval: ({ state }) =>
      state.data?.state === 'done' || state.data?.state === 'failed' ? false : 400,
  })
  const state = query.data?.state
  const ended = useRef(onEnd)
  useEffect(() => {
    ended.current = onEnd
  })
  useEffect(() => {
    if (state !== 'done' && state !== 'failed') return
    ended.current()
    for (const part of ['/imports', '/customers', '/audiences', '/vocabulary']) void refresh(part)
  }, [state])
  return (
    <Panel>
      <Loaded query={query} skeleton={<Skeleton active paragraph={{ rows: 2 }} />}>
        {(data) =>
          data.state === 'running' ? <Running data={data} /> : <Ended data={data} onClose={onClose} />
        }
      </Loaded>
    </Panel>
  )
}

function Running({ data: { id, file, progress } }: { data: ImportAnswer }) {
  const { t } = useTranslation('import')
  const notice = useNotice()
  const cancel = () => api.delete(`/imports/${id}`, z.unknown()).catch(notice.problem)
  return (
    <>
      <ProgressLine
        label={t('running', { file })}
        done={progress.done}
        total={progress.of === 0 ? null : progress.of}
      />
      <footer className={styles.foot}>
        <Button size="small" onClick={() => void cancel()}>
          {t('cancel')}
        </Button>
      </footer>
    </>
  )
}

function Ended({ data, onClose }: { data: ImportAnswer; onClose: () => void }) {
  const { t } = useTranslation('import')
  const path = useBrandPath()
  const { file, state, problem, startedAt, finishedAt } = data
  return (
    <div data-testid="import-result">
      <Alert
        type={state === 'failed' ? 'error' : data.rejected + data.cells > 0 ? 'warning' : 'success'}
        showIcon
        style={{ marginBottom: 16 }}
        title={state === 'failed' ? t('result.failed', { file }) : t('result.done', { file })}
        description={
          problem ??
          (finishedAt === null
            ? null
            : t('result.seconds', { seconds: ((finishedAt - startedAt) / 1000).toFixed(1) }))
        }
      />
      <Counts data={data} />
      <LeftOut data={data} />
      <Shared shared={data.shared} />
      <footer className={styles.foot}>
        <Button onClick={onClose}>{t('result.close')}</Button>
        <Link to={path('customers')}>
          <Button type="primary">{t('result.see')}</Button>
        </Link>
      </footer>
    </div>
  )
}

const always = ['imported', 'updated', 'unchanged', 'rejected'] as const
/** Told only where there are any. */
const sometimes = ['cells', 'passed', 'lines', 'matched', 'created', 'withdrawn'] as const
const leftOut: ReadonlySet<string> = new Set(['rejected', 'cells', 'passed'])

function Counts({ data }: { data: ImportAnswer }) {
  const { t } = useTranslation('import')
  const format = useFormat()
  const shown = [...always, ...sometimes.filter((key) => data[key] > 0)]
  return (
    <div className={styles.figures}>
      {shown.map((key) => (
        <div key={key} className={leftOut.has(key) && data[key] > 0 ? styles.left : ''}>
          <strong data-testid={`count-${key}`}>{format.count(data[key])}</strong>
          <span>{t(`result.${key}`)}</span>
        </div>
      ))}
    </div>
  )
}

/** Who shares an address with whom: whoever is written to there is written to once. */
function Shared({ shared: { count, addresses } }: Pick<ImportAnswer, 'shared'>) {
  const { t } = useTranslation('import')
  const format = useFormat()
  const path = useBrandPath()
  if (count === 0) return null
  return (
    <section className={styles.rejected} data-testid="shared-addresses">
      <header className={styles.rejectedHead}>
        <h3>{t('shared.title', { count: format.count(count) })}</h3>
      </header>
      <p className={styles.found}>{t('shared.text')}</p>
      <ul className={styles.list}>
        {addresses.slice(0, 5).map(({ address, customers }) => (
          <li key={address}>
            {address}{' '}
            {customers.map((id) => (
              <Link key={id} to={path(`customers/${encodeURIComponent(id)}`)} className={styles.owner}>
                {id}
              </Link>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
