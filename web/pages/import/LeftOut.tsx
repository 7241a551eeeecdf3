import { Button, Table, type TableColumnsType } from 'antd'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportAnswer } from '../../../shared/api/imports.ts'
import { api } from '../../api/client.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './FileCard.module.css'

type Rejection = ImportAnswer['rejections'][number]
type CellFault = ImportAnswer['cellFaults'][number]
type Passed = ImportAnswer['passedRows'][number]

/** What did not enter: rows refused, cells left out, rows passed over, each with its reason. */
export function LeftOut({ data }: { data: ImportAnswer }) {
  const { t } = useTranslation('import')
  if (data.rejected + data.cells + data.passed === 0) return null
  return (
    <>
      <Rows data={data} />
      <Cells data={data} />
      <PassedOver passedRows={data.passedRows} />
      <footer className={styles.foot}>
        <span className={styles.found}>{t('rejected.file')}</span>
        <DownloadRejected id={data.id} />
      </footer>
    </>
  )
}

function useLine() {
  const { t } = useTranslation('import')
  const format = useFormat()
  return {
    title: t('rejected.line'),
    dataIndex: 'line',
    width: 72,
    render: (line: number) => format.count(line),
  }
}

const paging = (count: number) =>
  count > 10 ? ({ pageSize: 10, showSizeChanger: false, size: 'small' } as const) : false

function Rows({ data: { rejected, rejections } }: { data: ImportAnswer }) {
  const { t } = useTranslation('import')
  const { locale } = useLocale()
  const line = useLine()
  const columns: TableColumnsType<Rejection> = [
    line,
    { title: t('rejected.reason'), key: 'reason', render: (_, { reason }) => reason[locale] },
  ]
  if (rejected === 0) return null
  return (
    <section className={styles.rejected} data-testid="rejected-rows">
      <h3 className={styles.title}>{t('rejected.title')}</h3>
      <Table
        rowKey={({ line: at, code }) => `${at} ${code}`}
        size="small"
        columns={columns}
        dataSource={[...rejections]}
        pagination={paging(rejections.length)}
        {...first(rejections.length, rejected)}
      />
    </section>
  )
}

function Cells({ data: { cells, cellFaults } }: { data: ImportAnswer }) {
  const { t } = useTranslation('import')
  const { locale } = useLocale()
  const line = useLine()
  const columns: TableColumnsType<CellFault> = [
    line,
    { title: t('columns.column'), dataIndex: 'column', width: 160, ellipsis: true },
    { title: t('rejected.value'), dataIndex: 'value', width: 160, ellipsis: true },
    { title: t('rejected.reason'), key: 'reason', render: (_, { reason }) => reason[locale] },
  ]
  if (cells === 0) return null
  return (
    <section className={styles.rejected} data-testid="left-out-cells">
      <h3 className={styles.title}>{t('rejected.cells')}</h3>
      <Table
        rowKey={({ line: at, column, code }) => `${at} ${column} ${code}`}
        size="small"
        columns={columns}
        dataSource={[...cellFaults]}
        pagination={paging(cellFaults.length)}
        scroll={{ x: 640 }}
        {...first(cellFaults.length, cells)}
      />
    </section>
  )
}

function PassedOver({ passedRows }: { passedRows: readonly Passed[] }) {
  const { t } = useTranslation('import')
  const { locale } = useLocale()
  const format = useFormat()
  const columns: TableColumnsType<Passed> = [
    {
      title: t('passed.count'),
      dataIndex: 'count',
      width: 72,
      render: (count: number) => format.count(count),
    },
    {
      title: t('passed.reason'),
      key: 'reason',
      render: (_, { code, reason }) => t(`passed.codes.${code}`, { defaultValue: reason[locale] }),
    },
    {
      title: t('passed.lines'),
      key: 'lines',
      width: 220,
      render: (_, { lines, count }) =>
        `${lines.map((line) => format.count(line)).join(', ')}${count > lines.length ? ' …' : ''}`,
    },
  ]
  if (passedRows.length === 0) return null
  return (
    <section className={styles.rejected} data-testid="passed-rows">
      <h3 className={styles.title}>{t('passed.title')}</h3>
      <Table rowKey="code" size="small" columns={columns} dataSource={[...passedRows]} pagination={false} />
    </section>
  )
}

/** The foot of a list that names the first of many. */
const first = (of: number, total: number) =>
  total > of ? { footer: () => <First of={of} total={total} /> } : {}

function First({ of, total }: { of: number; total: number }) {
  const { t } = useTranslation('import')
  const format = useFormat()
  return t('rejected.first', { first: format.count(of), total: format.count(total) })
}

/** All rejected rows with their reasons, as a file. */
export function DownloadRejected({ id, short = false }: { id: string; short?: boolean }) {
  const { t } = useTranslation('import')
  return (
    <Button
      type={short ? 'link' : 'default'}
      size="small"
      icon={<Download size={13} />}
      href={api.href(`/imports/${id}/rejected.csv`)}
      data-testid={`download-${id}`}
    >
      {short ? t('earlier.download') : t('rejected.download')}
    </Button>
  )
}
