import { App, Button, Table, type TableColumnsType } from 'antd'
import { Merge as MergeIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Merge, mergeList, undoAnswer } from '../../../../shared/api/persons.ts'
import { kindRules } from '../../../../shared/persons/kinds.ts'
import { api } from '../../../api/client.ts'
import { refresh, useApiQuery } from '../../../api/query.ts'
import { useBrandPath } from '../../../api/useBrandPath.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Count, When } from '../../../ui/figures.tsx'
import { ListCard } from '../../../ui/ListCard.tsx'
import { Loaded } from '../../../ui/Loaded.tsx'
import { TableSkeleton } from '../../../ui/Skeletons.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNotice } from '../../../ui/useNotice.tsx'
import { useCustomerName } from '../../customer-name.ts'

/** Who was made one, the newest first, each with the way back. */
export function Merges() {
  const { t } = useTranslation('persons')
  const format = useFormat()
  const path = useBrandPath()
  const nameOf = useCustomerName()
  const query = useApiQuery('/merges?limit=200', mergeList)
  const why = ({ reason: { by, kind, hint } }: Merge) =>
    by === 'person' || kind === null
      ? t('merged.byPerson')
      : t('merged.byIdentifier', { kind: format.text(kindRules[kind].words), hint: hint ?? '' })
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={5} />}>
      {({ merges, days }) => {
        const columns: TableColumnsType<Merge> = [
          {
            title: t('merged.from'),
            key: 'from',
            render: (_, { from }) => nameOf(from.id, from.name),
          },
          {
            title: t('merged.into'),
            key: 'into',
            render: (_, { into }) => (
              <Link to={path(`customers/${encodeURIComponent(into.id)}`)}>{nameOf(into.id, into.name)}</Link>
            ),
          },
          { title: t('merged.why'), key: 'why', render: (_, merge) => why(merge) },
          { title: t('merged.at'), dataIndex: 'at', width: 130, render: (at: number) => <When at={at} /> },
          {
            title: t('merged.rows'),
            key: 'rows',
            width: 110,
            align: 'right',
            render: (_, { moved }) => (
              <Count value={Object.values(moved).reduce((sum, count) => sum + count, 0)} />
            ),
          },
          {
            title: t('merged.state'),
            key: 'undo',
            width: 200,
            render: (_, merge) => <Undo merge={merge} days={days} />,
          },
        ]
        return merges.length === 0 ? (
          <EmptyState icon={MergeIcon} title={t('merged.empty')} text={t('merged.emptyText')} />
        ) : (
          <ListCard>
            <Table
              rowKey="id"
              columns={columns}
              dataSource={merges}
              pagination={false}
              size="middle"
              scroll={{ x: 760 }}
            />
          </ListCard>
        )
      }}
    </Loaded>
  )
}

function Undo({ merge: { id, from, into, undoable, undoneAt }, days }: { merge: Merge; days: number }) {
  const { t } = useTranslation('persons')
  const format = useFormat()
  const { modal } = App.useApp()
  const notice = useNotice()
  const nameOf = useCustomerName()
  const names = { from: nameOf(from.id, from.name), into: nameOf(into.id, into.name) }
  if (undoneAt !== null) return t('merged.undone', { at: format.time(undoneAt) })
  if (undoable !== 'yes')
    return t(undoable === 'merged-on' ? 'merged.merged-on' : 'merged.late', { days, into: names.into })
  const undo = () =>
    modal.confirm({
      title: t('undo.title'),
      content: t('undo.text', names),
      okText: t('undo.ok'),
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          const { stayed } = await api.post(`/merges/${id}/undo`, undoAnswer, {})
          notice.done(t('undo.done', { count: stayed, into: names.into }))
        } catch (problem) {
          notice.problem(problem)
        }
        await Promise.all([refresh('/duplicates'), refresh('/merges'), refresh('/customers')])
      },
    })
  return (
    <Button size="small" onClick={undo} data-testid="undo-merge">
      {t('merged.undo')}
    </Button>
  )
}
