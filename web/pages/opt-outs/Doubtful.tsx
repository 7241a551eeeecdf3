import { Button, Space, Table, type TableColumnsType } from 'antd'
import { MessageCircleQuestion } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type DoubtfulReply, doubtfulList } from '../../../shared/api/addresses.ts'
import { type ReplyReason, replyReasons } from '../../../shared/message/opt-out.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { When } from '../../ui/figures.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { CustomerLink } from './CustomerLink.tsx'
import styles from './OptOuts.module.css'

type Decision = 'opt_out' | 'no_opt_out'

const isReason = (code: string): code is ReplyReason => Object.hasOwn(replyReasons, code)

/** Replies that may be opt-outs: marketing to their addresses waits for a press of one of two buttons. */
export function Doubtful() {
  const { t } = useTranslation('optOuts')
  const query = useApiQuery('/opt-outs/doubtful', doubtfulList)
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={4} />}>
      {({ open, decided, total }) => (
        <>
          {open.length === 0 ? (
            <EmptyState
              icon={MessageCircleQuestion}
              title={t('doubtful.empty')}
              text={t('doubtful.emptyText')}
            />
          ) : (
            <ListCard note={t('doubtful.count', { count: total })}>
              <Replies replies={open} decide />
            </ListCard>
          )}
          {decided.length > 0 ? (
            <section className={styles.decided}>
              <h2>{t('doubtful.decided')}</h2>
              <ListCard>
                <Replies replies={decided} decide={false} />
              </ListCard>
            </section>
          ) : null}
        </>
      )}
    </Loaded>
  )
}

function Replies({ replies, decide }: { replies: readonly DoubtfulReply[]; decide: boolean }) {
  const { t } = useTranslation('optOuts')
  const format = useFormat()
  const channel = useChannelName()
  const columns: TableColumnsType<DoubtfulReply> = [
    {
      title: t('doubtful.reply'),
      key: 'text',
      render: (_, { text, reason }) => (
        <>
          <q className={styles.words}>{text}</q>
          <p className={styles.why}>{isReason(reason) ? format.text(replyReasons[reason]) : reason}</p>
        </>
      ),
    },
    {
      title: t('from'),
      key: 'from',
      width: 200,
      render: (_, { customerId, customerName, address }) => (
        <>
          <CustomerLink id={customerId} name={customerName} />
          <p className={styles.why}>{address}</p>
        </>
      ),
    },
    { title: t('channel'), dataIndex: 'channel', width: 90, render: (id: string) => channel(id) },
    { title: t('at'), dataIndex: 'at', width: 120, render: (at: number) => <When at={at} /> },
    {
      title: decide ? t('doubtful.meaning') : t('doubtful.decision'),
      key: 'decide',
      width: 230,
      render: (_, reply) =>
        decide ? <Buttons id={reply.id} /> : reply.decision === null ? null : t(`doubtful.${reply.decision}`),
    },
  ]
  return (
    <Table
      rowKey="id"
      columns={columns}
      dataSource={[...replies]}
      pagination={false}
      size="middle"
      scroll={{ x: 760 }}
    />
  )
}

function Buttons({ id }: { id: number }) {
  const { t } = useTranslation('optOuts')
  const notice = useNotice()
  const [busy, setBusy] = useState<Decision | null>(null)
  const decide = async (decision: Decision) => {
    setBusy(decision)
    try {
      await api.post(`/opt-outs/doubtful/${id}`, z.unknown(), { decision })
      notice.done(t(`doubtful.done.${decision}`))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(null)
      await refresh('/opt-outs')
    }
  }
  return (
    <Space>
      <Button
        danger
        size="small"
        loading={busy === 'opt_out'}
        onClick={() => void decide('opt_out')}
        data-testid="is-opt-out"
      >
        {t('doubtful.opt_out')}
      </Button>
      <Button
        size="small"
        loading={busy === 'no_opt_out'}
        onClick={() => void decide('no_opt_out')}
        data-testid="no-opt-out"
      >
        {t('doubtful.no_opt_out')}
      </Button>
    </Space>
  )
}
