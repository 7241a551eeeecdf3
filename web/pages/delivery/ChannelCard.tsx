import { Button } from 'antd'
import { CirclePause, SendHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Balances, ChannelDelivery } from '../../../shared/api/delivery.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Panel } from '../../ui/Page.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { StatusDot, type Tone } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { sayGate } from '../customers/story.ts'
import { HaltNotices } from '../HaltNotices.tsx'
import { PauseNotice } from '../PauseNotices.tsx'
import styles from './Delivery.module.css'
import { Failures } from './Failures.tsx'
import { PauseDialog } from './PauseDialog.tsx'
import { TestDialog } from './TestDialog.tsx'

type State = 'sends' | 'rests' | 'paused' | 'absent' | 'sandbox'
const tones: Readonly<Record<State, Tone>> = {
  sends: 'good',
  rests: 'bad',
  paused: 'warn',
  absent: 'quiet',
  sandbox: 'busy',
}

function stateOf({ pause, halts, transport }: ChannelDelivery): State {
  if (pause !== null) return 'paused'
  if (halts.some(({ endpoint }) => endpoint === '')) return 'rests'
  return transport === 'real' ? 'sends' : transport
}

export interface ChannelCardProps {
  channel: ChannelDelivery
  /** null: its provider does not say. */
  balance: Balances['balances'][number] | null
  onExample: (id: number) => void
}

/** One channel: its figures of today, its rate, what went wrong, and its buttons. */
export function ChannelCard({ channel, balance, onExample }: ChannelCardProps) {
  const { t } = useTranslation('delivery')
  const name = useChannelName()
  const [asking, setAsking] = useState<'pause' | 'test' | null>(null)
  const { id, pause, halts, failures, withheld, transport } = channel
  const state = stateOf(channel)
  const close = () => setAsking(null)
  return (
    <Panel
      title={
        <span className={styles.name} data-testid={`delivery-${id}`}>
          {name(id)} <StatusDot tone={tones[state]}>{t(`states.${state}`)}</StatusDot>
        </span>
      }
      extra={
        <span className={styles.buttons}>
          {transport === 'absent' ? null : (
            <Button
              size="small"
              icon={<SendHorizontal size={13} />}
              onClick={() => setAsking('test')}
              data-testid={`test-${id}`}
            >
              {t('test.action')}
            </Button>
          )}
          {pause === null ? (
            <Button
              size="small"
              icon={<CirclePause size={13} />}
              onClick={() => setAsking('pause')}
              data-testid={`pause-button-${id}`}
            >
              {t('pause.action')}
            </Button>
          ) : null}
        </span>
      }
    >
      {pause === null ? null : <PauseNotice pause={pause} />}
      <HaltNotices halts={halts} />
      <Figures channel={channel} />
      <Pace channel={channel} balance={balance} />
      <Failures failures={failures} onExample={onExample} />
      {withheld.length === 0 ? null : <Withheld withheld={withheld} />}
      {asking === 'pause' ? <PauseDialog channel={id} onClose={close} /> : null}
      {asking === 'test' ? <TestDialog channel={id} onClose={close} /> : null}
    </Panel>
  )
}

/** Which messages a figure is of, where a list of them shows just these. */
const lists = {
  waiting: 'queued',
  sending: 'sending',
  sent: null,
  delivered: null,
  failed: 'failed',
  unknown: 'unknown',
  held: 'held',
} as const
type Figure = keyof typeof lists

function Figures({ channel: { id, queue, today } }: { channel: ChannelDelivery }) {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  const path = useBrandPath()
  const figures: readonly (readonly [Figure, number])[] = [
    ['waiting', queue.waiting],
    ['sending', queue.sending],
    ['sent', today.sent],
    ['delivered', today.delivered],
    ['failed', today.failed],
    ['unknown', today.unknown],
    ['held', today.held],
  ]
  return (
    <dl className={styles.figures}>
      {figures.map(([figure, count]) => {
        const list = lists[figure]
        const said = format.count(count)
        return (
          <div key={figure}>
            <dt>{t(`figures.${figure}`)}</dt>
            <dd
              className={figure === 'failed' && count > 0 ? styles.bad : undefined}
              data-testid={`${figure}-${id}`}
            >
              {list === null || count === 0 ? (
                said
              ) : (
                <Link to={path(`messages?status=${list}&channel=${id}`)}>{said}</Link>
              )}
            </dd>
            {figure === 'waiting' && queue.waiting > 0 ? (
              <small>{t('due', { count: queue.due, replace: { count: format.count(queue.due) } })}</small>
            ) : null}
          </div>
        )
      })}
    </dl>
  )
}

function useLength(): (minutes: number) => string {
  const { t } = useTranslation('delivery')
  return (minutes) => {
    if (minutes < 1) return t('soon')
    if (minutes < 90) return t('minutes', { count: Math.round(minutes) })
    return t('hours', { count: Math.round(minutes / 60) })
  }
}

/** How fast it sends beside how fast it may, how long the queue takes, and what is left to pay with. */
function Pace({
  channel: { queue, rate, pause, today },
  balance,
}: Pick<ChannelCardProps, 'channel' | 'balance'>) {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  const length = useLength()
  const per = (count: number) => format.count(Math.round(count * 10) / 10)
  const parts = [
    t('rate', { rate: per(rate.perMinute) }),
    rate.limit === null ? t('noLimit') : t('limit', { limit: per(rate.limit) }),
    ...(rate.minutesLeft === null || pause !== null ? [] : [t('left', { length: length(rate.minutesLeft) })]),
    ...(today.again === 0
      ? []
      : [t('again', { count: today.again, replace: { count: format.count(today.again) } })]),
    ...(balance === null
      ? []
      : [
          balance.left === null
            ? t('balanceFailed', { detail: balance.detail ?? '' })
            : t('balance', { left: format.count(balance.left), unit: format.text(balance.unit) }),
        ]),
  ]
  return (
    <p className={styles.pace}>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
      {queue.oldestAt === null ? null : <span>{t('oldest', { since: format.time(queue.oldestAt) })}</span>}
    </p>
  )
}

function Withheld({ withheld }: Pick<ChannelDelivery, 'withheld'>) {
  const { t } = useTranslation('delivery')
  const { t: said } = useTranslation('customers')
  const format = useFormat()
  return (
    <p className={styles.pace}>
      <span>{t('withheld')}</span>
      {withheld.map(({ gate, count }) => (
        <span key={gate}>{t('gate', { gate: sayGate(gate, said), number: format.count(count) })}</span>
      ))}
    </p>
  )
}
