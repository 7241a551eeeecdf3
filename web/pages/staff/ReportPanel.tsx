import { Segmented, Table, type TableColumnsType, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type StaffReport, staffReport } from '../../../shared/api/staff.ts'
import { useApiQuery } from '../../api/query.ts'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'

type Row = StaffReport['rows'][number]

/** What became of the tasks of each of the staff, and who bought after. */
export function ReportPanel() {
  const { t } = useTranslation('staff')
  const [days, setDays] = useState(30)
  const query = useApiQuery(`/staff/report?days=${days}`, staffReport)
  return (
    <ListCard
      tools={
        <Segmented
          value={days}
          options={[7, 30, 90].map((value) => ({ value, label: t('report.days', { count: value }) }))}
          onChange={setDays}
        />
      }
      note={t('report.about')}
    >
      <Loaded query={query} skeleton={<TableSkeleton rows={4} />}>
        {({ rows }) => <Rows rows={rows} />}
      </Loaded>
    </ListCard>
  )
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('staff')
  const format = useFormat()
  const number = (key: 'open' | 'done' | 'overdue' | 'bought'): TableColumnsType<Row>[number] => ({
    title: t(`report.${key}`),
    key,
    width: 110,
    align: 'right',
    render: (_, row) => format.count(row[key]),
  })
  const columns: TableColumnsType<Row> = [
    { title: t('name'), key: 'name', render: (_, { name, staff }) => name ?? staff ?? t('report.nobody') },
    number('open'),
    number('done'),
    number('overdue'),
    {
      title: t('report.results'),
      key: 'results',
      render: (_, { results }) =>
        results.map(({ id, name, count }) => (
          <Tag key={id}>{`${format.text(name)} ${format.count(count)}`}</Tag>
        )),
    },
    number('bought'),
  ]
  return (
    <Table
      rowKey={({ staff }) => staff ?? ''}
      columns={columns}
      dataSource={[...rows]}
      locale={{ emptyText: t('report.none') }}
      pagination={false}
      size="middle"
      scroll={{ x: 800 }}
    />
  )
}
