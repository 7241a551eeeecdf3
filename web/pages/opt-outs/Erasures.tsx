import { Button, Modal, Table, type TableColumnsType } from 'antd'
import { Download, Eraser } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import {
  type Certificate,
  certificateList,
  certificate as certificateSchema,
} from '../../../shared/api/erasures.ts'
import { actorKinds, people } from '../../../shared/audit/actor.ts'
import { useApiQuery } from '../../api/query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Count, When } from '../../ui/figures.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { saveFile } from '../journeys/save-file.ts'
import { paperOf, tableName, takenOf } from './certificate.ts'
import styles from './OptOuts.module.css'

/** So often it is looked whether an erasure has ended (ms). */
const lookAgainMs = 2000

/** The certificates of erasures: what was taken away, and nothing of whom. */
export function Erasures() {
  const { t } = useTranslation('optOuts')
  const query = useApiQuery('/erasures', certificateList, {
    refetchInterval: ({ state }) =>
      state.data?.erasures.some(({ status }) => status === 'asked') ? lookAgainMs : false,
  })
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={5} />}>
      {({ erasures, total }) =>
        total === 0 ? (
          <EmptyState icon={Eraser} title={t('erasures.empty')} text={t('erasures.emptyText')} />
        ) : (
          <ListCard
            tools={<span>{t('erasures.hint')}</span>}
            note={t('erasures.total', { count: total })}
            more={null}
          >
            <Certificates erasures={erasures} />
          </ListCard>
        )
      }
    </Loaded>
  )
}

/** The certificate that the address names, as it can be downloaded, over the list of all. */
function Opened({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(['optOuts', 'common'])
  const query = useApiQuery(`/erasures/${encodeURIComponent(id)}`, certificateSchema)
  const paper = usePaper()
  const download = useDownload()
  const done = query.data?.status === 'done'
  return (
    <Modal
      open
      width={600}
      title={t('erasures.paper.title')}
      okText={t('erasures.download')}
      okButtonProps={{ icon: <Download size={14} />, disabled: !done }}
      cancelText={t('common:close')}
      onOk={() => (query.data === undefined ? undefined : download(query.data))}
      onCancel={onClose}
    >
      <Loaded query={query} skeleton={<TableSkeleton rows={4} />}>
        {(one) => (
          <div className={styles.paper} data-testid="certificate">
            {paper(one).slice(1).join('\n').trim()}
          </div>
        )}
      </Loaded>
    </Modal>
  )
}

/** Whoever asked for it, as the log names them. */
function useActorName(): (actor: Certificate['askedBy']) => string {
  const format = useFormat()
  return ({ kind, id }) => {
    const person = Object.entries(people).find(([known]) => kind === 'person' && known === id)
    return person === undefined ? format.text(actorKinds[kind]) : format.text(person[1])
  }
}

function Certificates({ erasures }: { erasures: readonly Certificate[] }) {
  const { t } = useTranslation('optOuts')
  const actorName = useActorName()
  const download = useDownload()
  const [{ certificate: opened }, setFilter] = useFilters(['certificate'])
  const columns: TableColumnsType<Certificate> = [
    {
      title: t('erasures.id'),
      dataIndex: 'id',
      width: 120,
      render: (id: string) => (
        <Button
          type="link"
          size="small"
          title={t('erasures.open')}
          onClick={() => setFilter('certificate', id)}
          data-testid="certificate-open"
        >
          <code>{id.slice(0, 8)}</code>
        </Button>
      ),
    },
    {
      title: t('erasures.askedAt'),
      dataIndex: 'askedAt',
      width: 150,
      render: (at: number) => <When at={at} />,
    },
    { title: t('erasures.by'), key: 'by', width: 110, render: (_, { askedBy }) => actorName(askedBy) },
    {
      title: t('erasures.records'),
      dataIndex: 'records',
      width: 80,
      align: 'right',
      render: (count: number) => <Count value={count} />,
    },
    { title: t('erasures.state'), key: 'state', render: (_, one) => <State certificate={one} /> },
    { title: t('erasures.taken'), key: 'taken', render: (_, one) => <Taken certificate={one} /> },
    {
      key: 'download',
      width: 120,
      render: (_, one) => (
        <Button
          type="text"
          size="small"
          icon={<Download size={14} />}
          disabled={one.status !== 'done'}
          onClick={() => download(one)}
          data-testid="certificate-download"
        >
          {t('erasures.download')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <Table
        rowKey="id"
        columns={columns}
        dataSource={[...erasures]}
        pagination={false}
        size="middle"
        scroll={{ x: 860 }}
        data-testid="erasures"
      />
      {opened === undefined ? null : (
        <Opened id={opened} onClose={() => setFilter('certificate', undefined)} />
      )}
    </>
  )
}

function State({ certificate: { status, sweptAt } }: { certificate: Certificate }) {
  const { t } = useTranslation('optOuts')
  if (status === 'asked') return <StatusDot tone="busy">{t('erasures.underWay')}</StatusDot>
  return <StatusDot tone="good">{t(sweptAt === null ? 'erasures.sweeping' : 'erasures.done')}</StatusDot>
}

function Taken({ certificate }: { certificate: Certificate }) {
  const format = useFormat()
  const shown = takenOf(certificate).map(
    ({ table, removed, stripped }) => `${tableName(table, format.text)} ${format.count(removed + stripped)}`,
  )
  return <span className={styles.taken}>{shown.join(' · ')}</span>
}

/** The lines of a certificate in the reader’s language. */
function usePaper(): (certificate: Certificate) => readonly string[] {
  const { t } = useTranslation('optOuts')
  const format = useFormat()
  const actorName = useActorName()
  return (certificate) =>
    paperOf(certificate, {
      words: (key, values = {}) => t(`erasures.paper.${key}`, values),
      text: format.text,
      time: (at) => format.time(at, 'full'),
      count: (count) => format.count(count),
      by: actorName(certificate.askedBy),
    })
}

/** Saves the certificate as a text. */
function useDownload(): (certificate: Certificate) => void {
  const paper = usePaper()
  return (certificate) =>
    saveFile(`erasure-${certificate.id}.txt`, paper(certificate).join('\n'), 'text/plain')
}
