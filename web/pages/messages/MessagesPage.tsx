import { Alert, Button, Segmented, Select, Tag } from 'antd'
import { FileDown, Gauge, MessageCircle, MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { journeyList } from '../../../shared/api/journeys.ts'
import { type MessageSummary, messageList } from '../../../shared/api/messages.ts'
import { channelSettingsAnswer } from '../../../shared/api/settings.ts'
import { channels } from '../../../shared/channels/index.ts'
import { api, queryString } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { useApiQuery } from '../../api/query.ts'
import { usePages } from '../../api/usePages.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { HaltNotices } from '../HaltNotices.tsx'
import { PauseNotices } from '../PauseNotices.tsx'
import { BroadcastsPanel } from './BroadcastsPanel.tsx'
import { MessageDrawer } from './MessageDrawer.tsx'
import styles from './MessagesPage.module.css'
import { MessagesTable } from './MessagesTable.tsx'
import { QueuedNotice } from './QueuedNotice.tsx'
import { RestoredNotice } from './RestoredNotice.tsx'
import { isExplained, isStatus, type MessageStatus, tabsOf } from './status.ts'

const keys = ['status', 'channel', 'journey', 'customer'] as const
type Filter = (typeof keys)[number]

/** Every message that was made, and what became of it. */
export function Component() {
  const { t } = useTranslation('messages')
  const [filters, setFilter] = useFilters(keys)
  const [opened, setOpened] = useState<MessageSummary | null>(null)
  const status = isStatus(filters.status) ? filters.status : undefined
  const pages = usePages('/messages', messageList, { ...filters, status }, 'before')
  const messages = pages.data?.pages.flatMap((page) => page.messages) ?? []
  const counts = pages.data?.pages[0]?.counts ?? {}
  const settings = useApiQuery('/settings/channels', channelSettingsAnswer).data
  const halts = settings?.channels.flatMap((channel) => channel.halts) ?? []
  const filtered = keys.some((key) => filters[key] !== undefined)
  const more = { label: t('more'), busy: pages.isFetchingNextPage, show: () => void pages.fetchNextPage() }
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <Link to="../wecom">
              <Button icon={<MessageCircle size={14} />} data-testid="to-wecom">
                {t('wecom')}
              </Button>
            </Link>
            <Link to="../delivery">
              <Button icon={<Gauge size={14} />} data-testid="to-delivery">
                {t('delivery')}
              </Button>
            </Link>
            <Export filters={{ ...filters, status }} disabled={messages.length === 0} />
          </>
        }
      />
      <RestoredNotice />
      <PauseNotices />
      <HaltNotices halts={halts} />
      <BroadcastsPanel />
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton rows={10} />
      ) : messages.length === 0 && !filtered && !pages.isPlaceholderData ? (
        <NoMessages />
      ) : (
        <ListCard
          note={t('shown', { count: messages.length })}
          tools={<Tools counts={counts} filters={filters} status={status} onChange={setFilter} />}
          more={pages.hasNextPage ? more : null}
        >
          {status && isExplained(status) ? (
            <Alert
              className={styles.explain ?? ''}
              type={status === 'failed' ? 'error' : 'warning'}
              showIcon
              title={t(`explain.${status}.title`)}
              description={t(`explain.${status}.text`)}
            />
          ) : null}
          <QueuedNotice messages={messages} />
          <MessagesTable messages={messages} busy={pages.isPlaceholderData} onOpen={setOpened} />
        </ListCard>
      )}
      <MessageDrawer message={opened} onClose={() => setOpened(null)} />
    </Page>
  )
}

/** All that the filters let through, as a file; phones and mailboxes in it are masked. */
function Export({
  filters,
  disabled,
}: {
  filters: Readonly<Record<string, string | undefined>>
  disabled: boolean
}) {
  const { t } = useTranslation('messages')
  const { locale } = useLocale()
  return (
    <Button
      icon={<FileDown size={14} />}
      disabled={disabled}
      href={api.href(
        `/export/messages.csv${queryString({ ...filters, language: locale, contacts: 'masked' })}`,
      )}
      download
      data-testid="export-messages"
    >
      {t('export')}
    </Button>
  )
}

interface ToolsProps {
  counts: Readonly<Record<string, number>>
  filters: Readonly<Record<Filter, string | undefined>>
  status: MessageStatus | undefined
  onChange: (filter: Filter, value: string | undefined) => void
}

function Tools({ counts, filters, status, onChange }: ToolsProps) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const journeys = useApiQuery('/journeys', journeyList).data?.journeys ?? []
  const tabs = tabsOf(counts, status).map(({ status: value, count }) => ({
    value,
    label: `${value === 'all' ? t('all') : t(`statuses.${value}`)} ${format.count(count, count >= 100_000)}`,
  }))
  const { customer } = filters
  return (
    <>
      <Segmented
        options={tabs}
        value={status ?? 'all'}
        onChange={(value) => onChange('status', value === 'all' ? undefined : value)}
        data-testid="message-status"
      />
      <Select
        allowClear
        style={{ width: 128 }}
        placeholder={t('allChannels')}
        aria-label={t('allChannels')}
        value={filters.channel ?? null}
        options={channels.map(({ id, name }) => ({ value: id, label: format.text(name) }))}
        onChange={(value: string | null | undefined) => onChange('channel', value ?? undefined)}
        data-testid="filter-channel"
      />
      <Select
        allowClear
        style={{ width: 176 }}
        placeholder={t('allJourneys')}
        aria-label={t('allJourneys')}
        value={filters.journey ?? null}
        showSearch={{ optionFilterProp: 'label' }}
        options={journeys.map(({ id, name }) => ({ value: id, label: format.text(name) }))}
        onChange={(value: string | null | undefined) => onChange('journey', value ?? undefined)}
        data-testid="filter-journey"
      />
      {customer ? (
        <Tag closable onClose={() => onChange('customer', undefined)}>
          {t('ofCustomer', { name: customer })}
        </Tag>
      ) : null}
    </>
  )
}

function NoMessages() {
  const { t } = useTranslation('messages')
  return (
    <EmptyState
      icon={MessagesSquare}
      title={t('empty.title')}
      text={t('empty.text')}
      example={t('empty.example')}
      action={
        <Link to="../journeys">
          <Button type="primary">{t('empty.action')}</Button>
        </Link>
      }
    />
  )
}
