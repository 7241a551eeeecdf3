import { useMutation } from '@tanstack/react-query'
import { Button, Drawer, Segmented, Space } from 'antd'
import { useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Delivery,
  type DeliveryState,
  delivery,
  deliveryAnswer,
  deliveryList,
  deliveryStates,
  noticeKindNames,
  noticeKinds,
  replayAnswer,
  type Webhook,
} from '../../../shared/api/webhooks.ts'
import { zonedAt } from '../../../shared/calendar/index.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { usePages } from '../../api/usePages.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot, type Tone } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { BrandFormat } from '../../ui/zone.ts'
import styles from './WebhookLog.module.css'

const tones = {
  waiting: 'busy',
  delivered: 'good',
  failed: 'bad',
  sandbox: 'quiet',
} as const satisfies Record<DeliveryState, Tone>
/** How often the log is looked at while something is on its way (ms). */
const lookEveryMs = 1500
const states = ['all', 'waiting', 'delivered', 'failed', 'sandbox'] as const
type Shown = (typeof states)[number]

/** What was sent to a webhook, and what became of it. */
export function WebhookLog({ of, onClose }: { of: Webhook | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <Drawer
      open={of !== null}
      size={640}
      title={of === null ? null : t('webhooks.logOf', { name: of.name })}
      onClose={onClose}
      destroyOnHidden
    >
      {of === null ? null : <Log of={of} />}
    </Drawer>
  )
}

function Log({ of: { id } }: { of: Webhook }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const [shown, setShown] = useState<Shown>('all')
  const path = `/webhooks/${id}/deliveries`
  const pages = usePages(path, deliveryList, { state: shown === 'all' ? undefined : shown }, 'before')
  const [open, setOpen] = useState<number | null>(null)
  const deliveries = pages.data?.pages.flatMap((page) => page.deliveries) ?? []
  const underWay = deliveries.some(({ state, attempts }) => state === 'waiting' && attempts === 0)
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => void refresh(path), lookEveryMs)
    return () => clearInterval(timer)
  }, [underWay, path])
  return (
    <>
      <div className={styles.tools}>
        <Segmented<Shown>
          value={shown}
          options={states.map((value) => ({
            value,
            label: value === 'all' ? t('webhooks.all') : format.text(deliveryStates[value]),
          }))}
          onChange={setShown}
        />
        <Button onClick={() => void refresh(path)}>{t('webhooks.look')}</Button>
      </div>
      <Replay id={id} onDone={() => refresh(path)} />
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton rows={6} />
      ) : deliveries.length === 0 ? (
        <p className={styles.none}>{t('webhooks.nothingSent')}</p>
      ) : (
        <ul className={styles.list}>
          {deliveries.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-expanded={open === one.id}
                onClick={() => setOpen(open === one.id ? null : one.id)}
                data-testid="delivery"
              >
                <Line entry={one} />
              </button>
              {open === one.id ? <Detail webhook={id} id={one.id} onDone={() => refresh(path)} /> : null}
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage ? (
        <Button
          block
          type="text"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('webhooks.earlier')}
        </Button>
      ) : null}
    </>
  )
}

function Line({ entry: { kind, state, status, error, ms, attempts, madeAt, dueAt } }: { entry: Delivery }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const known = noticeKindNames.find((name) => name === kind)
  const answered = status === null ? error : t('webhooks.answered', { status, ms: ms ?? 0 })
  const next = state === 'waiting' && dueAt !== null && attempts > 0 ? format.time(dueAt) : null
  return (
    <>
      <span className={styles.what}>
        {known === undefined ? t('webhooks.testNotice') : format.text(noticeKinds[known].words)}
        <StatusDot tone={tones[state]}>{format.text(deliveryStates[state])}</StatusDot>
      </span>
      <small>
        {[
          format.time(madeAt),
          answered,
          attempts > 1 ? t('webhooks.attempts', { count: attempts }) : null,
          next === null ? null : t('webhooks.next', { at: next }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </small>
    </>
  )
}

/** A body as people read it; what is no JSON as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch (error) {
    if (error instanceof SyntaxError) return body
    throw error
  }
}

function Detail({ webhook, id, onDone }: { webhook: string; id: number; onDone: () => Promise<void> }) {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const query = useApiQuery(`/webhooks/${webhook}/deliveries/${id}`, deliveryAnswer)
  const again = useMutation({
    mutationFn: () => api.post(`/webhooks/${webhook}/deliveries/${id}/resend`, delivery),
    onSuccess: async () => {
      notice.done(t('webhooks.willSend'))
      await onDone()
    },
    onError: notice.problem,
  })
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={3} />}>
      {({ url, messageId, body, answer, error }) => (
        <div className={styles.detail}>
          <small>{`POST ${url}`}</small>
          <small>{`webhook-id: ${messageId}`}</small>
          <pre>{body === '' ? t('webhooks.emptied') : pretty(body)}</pre>
          <small>{t('webhooks.answer')}</small>
          <pre>{answer || error || t('webhooks.noAnswer')}</pre>
          <Button
            size="small"
            loading={again.isPending}
            disabled={body === ''}
            onClick={() => again.mutate()}
          >
            {t('webhooks.again')}
          </Button>
        </div>
      )}
    </Loaded>
  )
}

/** Sends again all that was noticed since a day. */
function Replay({ id, onDone }: { id: string; onDone: () => Promise<void> }) {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const [since, setSince] = useState('')
  const { zone } = useContext(BrandFormat)
  const replay = useMutation({
    mutationFn: (from: number) => api.post(`/webhooks/${id}/replay`, replayAnswer, { since: from }),
    onSuccess: async ({ count }) => {
      notice.done(t('webhooks.replayed', { count }))
      await onDone()
    },
    onError: notice.problem,
  })
  return (
    <Space.Compact className={styles.replay ?? ''}>
      <DateInput value={since} onChange={setSince} aria-label={t('webhooks.since')} />
      <Button
        disabled={since === ''}
        loading={replay.isPending}
        onClick={() => replay.mutate(zonedAt(since, '00:00', zone))}
      >
        {t('webhooks.replay')}
      </Button>
    </Space.Compact>
  )
}
