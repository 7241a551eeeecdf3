import { useMutation } from '@tanstack/react-query'
import { Button, Input, InputNumber, Modal, Table, type TableColumnsType } from 'antd'
import { Coins, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerPoints, type PointLine } from '../../../shared/api/points.ts'
import { lineKinds, lineSources } from '../../../shared/points/kinds.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { usePages } from '../../api/usePages.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/fields/Field.tsx'
import { Count, When } from '../../ui/figures.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Points.module.css'
import type { PartProps } from './panels.tsx'

/** What the customer has by the ledger of points, what will be lost, and each line. */
export function Points({ data: { customer } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const path = `/customers/${encodeURIComponent(customer.id)}/points`
  const pages = usePages(path, customerPoints, {}, 'before')
  const [first] = pages.data?.pages ?? []
  const lines = pages.data?.pages.flatMap((page) => page.lines) ?? []
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending || first === undefined) return <TableSkeleton rows={4} />
  const adjust = <Adjust path={path} />
  if (lines.length === 0)
    return (
      <EmptyState
        icon={Coins}
        title={t('points.empty.title')}
        text={t('points.empty.text')}
        action={adjust}
      />
    )
  return (
    <>
      <div className={styles.head} data-testid="points-balance">
        <strong>{t('points.balance', { points: format.count(first.balance ?? 0) })}</strong>
        {first.expiring.slice(0, 1).map(({ at, points }) => (
          <span key={at}>
            {t('points.expiring', { when: format.time(at - 1, 'date'), points: format.count(points) })}
          </span>
        ))}
        <span className={styles.gap} />
        {adjust}
      </div>
      <Lines lines={lines} />
      {pages.hasNextPage ? (
        <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('earlier')}
        </Button>
      ) : null}
    </>
  )
}

function Lines({ lines }: { lines: readonly PointLine[] }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const columns: TableColumnsType<PointLine> = [
    { title: t('points.at'), dataIndex: 'at', width: 150, render: (at: number) => <When at={at} /> },
    {
      title: t('points.points'),
      dataIndex: 'points',
      align: 'right',
      width: 110,
      render: (points: number) => (
        <strong>
          {points > 0 ? '+' : ''}
          <Count value={points} />
        </strong>
      ),
    },
    {
      title: t('points.kind'),
      dataIndex: 'kind',
      width: 90,
      render: (kind: PointLine['kind']) =>
        kind === 'unreadable' ? t('points.unreadable') : format.text(lineKinds[kind].words),
    },
    {
      title: t('points.source'),
      key: 'source',
      width: 150,
      ellipsis: true,
      render: (_, { source, reference }) =>
        `${source === 'unreadable' ? t('points.unreadable') : format.text(lineSources[source])}${reference === null ? '' : ` · ${reference}`}`,
    },
    { title: t('points.reason'), dataIndex: 'reason', ellipsis: true, render: (text: string) => text || '–' },
    {
      title: t('points.expires'),
      dataIndex: 'expiresAt',
      width: 120,
      render: (at: number | null) => (at === null ? '–' : <When at={at - 1} style="date" />),
    },
  ]
  return (
    <Table
      rowKey="seq"
      size="small"
      columns={columns}
      dataSource={[...lines]}
      pagination={false}
      scroll={{ x: 760 }}
      data-testid="point-lines"
    />
  )
}

/** Adds or takes some by hand; the log says who did, and why. */
function Adjust({ path }: { path: string }) {
  const { t } = useTranslation(['customers', 'common'])
  const [open, setOpen] = useState(false)
  const [key, setKey] = useState('')
  const [points, setPoints] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: () => api.post(path, customerPoints, { points, reason: reason.trim(), key }),
    onSuccess: async () => {
      setOpen(false)
      await refresh('/customers')
    },
  })
  const begin = () => {
    save.reset()
    setKey(crypto.randomUUID())
    setPoints(null)
    setReason('')
    setOpen(true)
  }
  return (
    <>
      <Button icon={<Plus size={14} />} onClick={begin} data-testid="adjust-points">
        {t('points.adjust')}
      </Button>
      <Modal
        open={open}
        title={t('points.adjust')}
        okText={t('points.save')}
        cancelText={t('common:cancel')}
        okButtonProps={{ disabled: !points || reason.trim() === '', loading: save.isPending }}
        onOk={() => save.mutate()}
        onCancel={() => setOpen(false)}
        data-testid="adjust-points-form"
      >
        {save.error ? <ProblemAlert problem={asProblem(save.error)} /> : null}
        <Field label={t('points.points')} hint={t('points.pointsHint')}>
          <InputNumber
            value={points}
            precision={0}
            min={-100_000_000}
            max={100_000_000}
            style={{ width: '100%' }}
            aria-label={t('points.points')}
            onChange={setPoints}
          />
        </Field>
        <Field label={t('points.reason')} hint={t('points.reasonHint')}>
          <Input
            value={reason}
            maxLength={100}
            aria-label={t('points.reason')}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      </Modal>
    </>
  )
}
