import { Button, Table, type TableColumnsType } from 'antd'
import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type MessageSummary, messageList } from '../../../shared/api/messages.ts'
import { asProblem } from '../../api/problem.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { When } from '../../ui/figures.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { MessageDrawer } from '../messages/MessageDrawer.tsx'
import { isStatus, statusTones } from '../messages/status.ts'
import { useReceiptName } from './Entries.tsx'
import styles from './Messages.module.css'
import type { PartProps } from './panels.tsx'
import { sayWithheld } from './withheld.ts'

/** What was written to the customer, the newest first; each opens as the customer reads it. */
export function Messages({ data: { customer, counts } }: PartProps) {
  const { t } = useTranslation('customers')
  const channel = useChannelName()
  const format = useFormat()
  const [opened, setOpened] = useState<MessageSummary | null>(null)
  const pages = usePages('/messages', messageList, { customer: customer.id, limit: '20' }, 'before')
  const messages = pages.data?.pages.flatMap((page) => page.messages) ?? []
  const columns: TableColumnsType<MessageSummary> = [
    {
      title: t('messages.at'),
      key: 'at',
      width: 172,
      render: (_, { sentAt, createdAt }) => <When at={sentAt ?? createdAt} />,
    },
    {
      title: t('messages.text'),
      key: 'text',
      render: (_, message) => (
        <button
          type="button"
          className={styles.text}
          onClick={(event) => {
            event.stopPropagation()
            setOpened(message)
          }}
          data-testid={`message-${message.id}`}
        >
          {message.subject ? `${message.subject} · ${message.text}` : message.text}
        </button>
      ),
    },
    { title: t('messages.channel'), dataIndex: 'channel', width: 96, render: (id: string) => channel(id) },
    {
      title: t('messages.from'),
      key: 'from',
      width: 168,
      render: (_, { journeyName, journeyId, nodeName, node }) => (
        <>
          {journeyName ? format.text(journeyName) : journeyId}
          <span className={styles.under}>{nodeName ? format.text(nodeName) : node}</span>
        </>
      ),
    },
    {
      title: t('messages.became'),
      key: 'became',
      width: 190,
      render: (_, message) => <Became message={message} />,
    },
  ]
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={5} />
  if (messages.length === 0)
    return (
      <EmptyState icon={MessagesSquare} title={t('messages.empty.title')} text={t('messages.empty.text')} />
    )
  return (
    <>
      <Table
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={messages}
        pagination={false}
        scroll={{ x: 760 }}
        rowClassName={styles.row ?? ''}
        onRow={(message) => ({ onClick: () => setOpened(message) })}
        data-testid="customer-messages"
      />
      <p className={styles.foot}>
        {t('messages.shown', { count: messages.length, total: format.count(counts.messages) })}
        {pages.hasNextPage ? (
          <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('earlier')}
          </Button>
        ) : null}
        <Link className={styles.held ?? ''} to="?kinds=steps">
          {t('messages.held')}
        </Link>
      </p>
      <MessageDrawer message={opened} onClose={() => setOpened(null)} />
    </>
  )
}

/** Its state, what was reported of it since, and why it did not leave. */
function Became({ message: { status, receipts, error } }: { message: MessageSummary }) {
  const { t } = useTranslation('customers')
  const { t: words } = useTranslation('messages')
  const receipt = useReceiptName()
  const kinds = [...new Set(receipts.map(({ kind }) => kind))]
  const why = sayWithheld({ status, error }, t)
  return (
    <>
      {isStatus(status) ? (
        <StatusDot tone={statusTones[status]}>{words(`statuses.${status}`)}</StatusDot>
      ) : (
        status
      )}
      {kinds.length === 0 ? null : <span className={styles.under}>{kinds.map(receipt).join(' · ')}</span>}
      {why === null ? null : <span className={styles.why}>{why}</span>}
    </>
  )
}
