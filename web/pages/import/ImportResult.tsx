import { Alert, Button, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { z } from 'zod'
import { sharedAddressList } from '../../../shared/api/addresses.ts'
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

function Running({ data: { id, file, progress, before } }: { data: ImportAnswer }) {
  const { t } = useTranslation('import')
  const notice = useNotice()
  const cancel = () => api.delete(`/imports/${id}`, z.unknown()).catch(notice.problem)
  return (
    <>
      <ProgressLine
        label={before > 0 ? t('waiting', { file, count: before }) : t('running', { file })}
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
      {data.kind === 'customers' ? <Shared /> : null}
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

/** Addresses that several customers bear now: each is one reader, which is worth knowing before writing to them. */
function Shared() {
  const { t } = useTranslation('import')
  const path = useBrandPath()
  const format = useFormat()
  const total = useApiQuery('/addresses/shared?limit=1', sharedAddressList).data?.total ?? 0
  if (total === 0) return null
  return (
    <p className={styles.shared}>
      {t('result.shared', { count: total, total: format.count(total) })}{' '}
      <Link to={path('customers/duplicates')}>{t('result.seeShared')}</Link>
    </p>
  )
}
