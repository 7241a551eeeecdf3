import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MessageSummary } from '../../../shared/api/messages.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { NothingFound } from '../../ui/ListCard.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { isErased, useCustomerName } from '../customer-name.ts'
import { useReceiptName } from '../customers/Entries.tsx'
import { Near } from '../journeys/Near.tsx'
import styles from './MessagesTable.module.css'
import { furthest, isStatus, statusTones } from './status.ts'

export interface MessagesTableProps {
  messages: readonly MessageSummary[]
  busy: boolean
  onOpen: (message: MessageSummary) => void
}

/** Messages, one a row, newest first. */
export function MessagesTable({ messages, busy, onOpen }: MessagesTableProps) {
  const { t } = useTranslation('messages')
  const channel = useChannelName()
  const format = useFormat()
  const columns: TableColumnsType<MessageSummary> = [
    {
      title: t('columns.at'),
      key: 'at',
      width: 150,
      render: (_, { sentAt, createdAt }) => <Near at={sentAt ?? createdAt} />,
    },
    {
      title: t('columns.customer'),
      key: 'customer',
      width: 130,
      ellipsis: true,
      render: (_, message) => <Who message={message} />,
    },
    {
      title: t('columns.text'),
      key: 'text',
      ellipsis: true,
      render: (_, message) => <Text message={message} onOpen={onOpen} />,
    },
    {
      title: t('columns.journey'),
      key: 'journey',
      width: 170,
      ellipsis: true,
      render: (_, { journeyName, journeyId, nodeName, node }) => (
        <>
          {journeyName ? format.text(journeyName) : journeyId}
          <span className={styles.under}>{nodeName ? format.text(nodeName) : node}</span>
        </>
      ),
    },
    { title: t('columns.channel'), dataIndex: 'channel', width: 96, render: (id: string) => channel(id) },
    {
      title: t('columns.status'),
      key: 'status',
      width: 126,
      render: (_, message) => <Status message={message} />,
    },
    {
      title: t('columns.cost'),
      key: 'cost',
      align: 'right',
      width: 92,
      render: (_, { costMilli }) => <MilliMoney milli={costMilli} />,
    },
  ]
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={[...messages]}
      pagination={false}
      loading={busy}
      scroll={{ x: 960 }}
      rowClassName={styles.row ?? ''}
      onRow={(message) => ({ onClick: () => onOpen(message) })}
      locale={{ emptyText: <NothingFound>{t('noneFound')}</NothingFound> }}
      data-testid="messages-table"
    />
  )
}

function Who({ message: { customerId, customerName } }: { message: MessageSummary }) {
  const { t } = useTranslation('messages')
  const path = useBrandPath()
  const nameOf = useCustomerName()
  return (
    <Link
      className={styles.who}
      to={path(`customers/${encodeURIComponent(customerId)}`)}
      onClick={(event) => event.stopPropagation()}
    >
      {customerName ?? <span className={styles.dim}>{nameOf(customerId, null, t('nameless'))}</span>}
      {isErased(customerId) ? null : <span className={styles.under}>{customerId}</span>}
    </Link>
  )
}

function Text({ message, onOpen }: { message: MessageSummary; onOpen: (message: MessageSummary) => void }) {
  const { t } = useTranslation('messages')
  const { id, subject, text, model, error } = message
  return (
    <>
      <button
        type="button"
        className={styles.text}
        onClick={(event) => {
          event.stopPropagation()
          onOpen(message)
        }}
        data-testid={`message-${id}`}
      >
        {model === null ? null : (
          <span className={styles.ai} title={t('ai')}>
            ✦
          </span>
        )}
        {isErased(message.customerId) ? t('erasedText') : subject ? `${subject} · ${text}` : text}
      </button>
      {error === null ? null : <span className={styles.under}>{error}</span>}
    </>
  )
}

/** What became of a message: its status and, beneath, the furthest of its receipts. */
export function Status({
  message: { status, receipts },
}: {
  message: Pick<MessageSummary, 'status' | 'receipts'>
}) {
  const { t } = useTranslation('messages')
  const receipt = useReceiptName()
  const last = furthest(receipts)
  return (
    <>
      {isStatus(status) ? (
        <StatusDot tone={statusTones[status]}>{t(`statuses.${status}`)}</StatusDot>
      ) : (
        status
      )}
      {last === null ? null : <span className={styles.under}>{receipt(last)}</span>}
    </>
  )
}

/** A cost in thousandths of the currency's main unit; parts of a fen are shown, as an SMS has them. */
export function MilliMoney({ milli }: { milli: number }) {
  const format = useFormat()
  if (milli === 0) return <span className={styles.dim}>0</span>
  return <span>{format.cost(milli)}</span>
}
