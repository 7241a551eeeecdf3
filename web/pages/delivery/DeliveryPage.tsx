import { Button } from 'antd'
import { MessagesSquare, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { balancesAnswer, type ChannelDelivery, deliveryAnswer } from '../../../shared/api/delivery.ts'
import { messageAnswer } from '../../../shared/api/messages.ts'
import { asProblem } from '../../api/problem.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { MessageDrawer } from '../messages/MessageDrawer.tsx'
import { ChannelCard } from './ChannelCard.tsx'
import styles from './Delivery.module.css'
import { History } from './History.tsx'

/** What one that is not set up has left to tell. */
const hasSomething = ({ queue, today, pause, days }: ChannelDelivery): boolean =>
  queue.waiting > 0 || today.sent + today.failed > 0 || pause !== null || days.some(({ sent }) => sent > 0)

/** How each channel does: queue, rate, failures in words, and what a person can do about it. */
export function Component() {
  const { t } = useTranslation('delivery')
  const query = useApiQuery('/delivery', deliveryAnswer, { refetchInterval: 5_000 })
  const [example, setExample] = useState<number | null>(null)
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <Link to="../messages">
            <Button icon={<MessagesSquare size={14} />}>{t('messages')}</Button>
          </Link>
        }
      />
      <Loaded query={query} skeleton={<CardsSkeleton cards={3} />}>
        {({ channels }) => <Channels channels={channels} onExample={setExample} />}
      </Loaded>
      <Example id={example} onClose={() => setExample(null)} />
    </Page>
  )
}

interface ChannelsProps {
  channels: readonly ChannelDelivery[]
  onExample: (id: number) => void
}

function Channels({ channels, onExample }: ChannelsProps) {
  const { t } = useTranslation('delivery')
  const path = useBrandPath()
  const name = useChannelName()
  const balances =
    useApiQuery('/delivery/balances', balancesAnswer, { staleTime: 300_000 }).data?.balances ?? []
  const shown = channels.filter((channel) => channel.transport !== 'absent' || hasSomething(channel))
  const absent = channels.filter((channel) => !shown.includes(channel))
  const settings = path('settings?tab=channels')
  if (shown.length === 0)
    return (
      <EmptyState
        icon={Send}
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          <Link to={settings}>
            <Button type="primary">{t('empty.action')}</Button>
          </Link>
        }
      />
    )
  return (
    <div className={styles.page}>
      {shown.map((channel) => (
        <ChannelCard
          key={channel.id}
          channel={channel}
          balance={balances.find((one) => one.channel === channel.id) ?? null}
          onExample={onExample}
        />
      ))}
      <History channels={shown} />
      {absent.length === 0 ? null : (
        <p className={styles.quiet}>
          {t('absent', { channels: absent.map(({ id }) => name(id)).join(' · ') })}{' '}
          <Link to={settings}>{t('setUp')}</Link>
        </p>
      )}
    </div>
  )
}

/** A message that a code was heard of. */
function Example({ id, onClose }: { id: number | null; onClose: () => void }) {
  const found = useApiQuery(`/messages/${id ?? 0}`, messageAnswer, { enabled: id !== null })
  if (id !== null && found.error) return <ProblemAlert problem={asProblem(found.error)} />
  return <MessageDrawer message={id === null ? null : (found.data?.message ?? null)} onClose={onClose} />
}
