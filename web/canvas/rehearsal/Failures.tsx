import { keepPreviousData } from '@tanstack/react-query'
import { Button, Modal, Table } from 'antd'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { failuresAnswer, type RenderFailure } from '../../../shared/api/rehearsal.ts'
import { api, queryString } from '../../api/client.ts'
import { useApiQuery } from '../../api/query.ts'
import { previewCustomer } from '../../store/preview-customer.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import styles from './Rehearsal.module.css'

/** Customers whose message could not be written: how many, and on demand all of them. */
export function Failures() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const id = useStore(rehearsal, (state) => state.id)
  const count = useStore(rehearsal, (state) => state.report?.render_failures.length ?? 0)
  if (count === 0 || id === null) return null
  const path = `/rehearsals/${encodeURIComponent(id)}/failures`
  return (
    <>
      <button type="button" className={`${styles.link} ${styles.bad}`} onClick={() => setOpen(true)}>
        {t('failures', { count, failures: format.count(count) })}
      </button>
      <Modal
        open={open}
        width={760}
        title={t('failed_list.title')}
        onCancel={() => setOpen(false)}
        footer={
          <Button
            icon={<Download size={14} />}
            href={api.href(`${path}.csv`)}
            data-testid="failures-download"
          >
            {t('failed_list.download')}
          </Button>
        }
      >
        <FailuresTable path={path} onLook={() => setOpen(false)} />
      </Modal>
    </>
  )
}

const pageSize = 10

function FailuresTable({ path, onLook }: { path: string; onLook: () => void }) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal, screen } = useCanvas()
  const format = useFormat()
  const nodes = useStore(rehearsal, (state) => state.journey?.nodes)
  const [page, setPage] = useState(1)
  const query = queryString({ offset: (page - 1) * pageSize, limit: pageSize })
  const { data, error, isFetching } = useApiQuery(`${path}${query}`, failuresAnswer, {
    placeholderData: keepPreviousData,
  })
  const look = ({ customer, node }: RenderFailure) => {
    previewCustomer.setState({ id: customer })
    screen.setState({ preview: true, previewNode: node })
    onLook()
  }
  if (error !== null) return <ProblemAlert problem={error} />
  return (
    <Table<RenderFailure>
      size="small"
      data-testid="failures"
      rowKey={({ customer, node, at }) => `${customer} ${node} ${at}`}
      loading={isFetching && data === undefined}
      dataSource={data?.failures ?? []}
      pagination={{
        ...{ current: page, pageSize, total: data?.total ?? 0, onChange: setPage },
        ...{ showSizeChanger: false, size: 'small' as const, hideOnSinglePage: true },
      }}
      columns={[
        {
          title: t('failed_list.customer'),
          dataIndex: 'customer',
          render: (customer: string, row) => (
            <button type="button" className={styles.link} onClick={() => look(row)}>
              {customer}
            </button>
          ),
        },
        {
          title: t('failed_list.node'),
          dataIndex: 'node',
          render: (node: string) => format.text(nodes?.[node]?.name ?? { en: node }),
        },
        {
          title: t('failed_list.missing'),
          dataIndex: 'variables',
          render: (variables: readonly string[]) => <code>{variables.join(' ')}</code>,
        },
        {
          title: t('failed_list.at'),
          dataIndex: 'at',
          render: (at: string) => format.time(Date.parse(at)),
        },
      ]}
    />
  )
}
