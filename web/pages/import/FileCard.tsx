import { Button, Segmented, Select, Skeleton, Table, type TableColumnsType } from 'antd'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { InspectAnswer } from '../../../shared/api/imports.ts'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './FileCard.module.css'
import { ImportResult } from './ImportResult.tsx'
import { choicesFor, examplesOf, type ImportKind, type Mapping, mappingProblems } from './mapping.ts'
import type { WaitingFile } from './useWaitingFiles.ts'

export interface FileCardProps {
  waiting: WaitingFile
  /** Customers wait or are on their way in; orders must not overtake them. */
  customersFirst: boolean
  onKind: (kind: ImportKind) => void
  onMapping: (mapping: Mapping) => void
  onStart: () => void
  onRemove: () => void
  onEnd: () => void
}

/** One chosen file: what it holds, what its columns mean, then how its import goes. */
export function FileCard(props: FileCardProps) {
  const { waiting, customersFirst, onKind, onMapping, onStart, onRemove, onEnd } = props
  const { t } = useTranslation('import')
  const { file, inspected, kind, mapping, problem, busy, importId } = waiting
  if (importId !== null) return <ImportResult id={importId} onClose={onRemove} onEnd={onEnd} />
  return (
    <Panel>
      <header className={styles.head}>
        <span className={styles.name}>{file.name}</span>
        {inspected ? <Found inspected={inspected} /> : null}
        <span className={styles.gap} />
        {inspected ? (
          <Segmented
            value={kind}
            disabled={busy}
            onChange={onKind}
            options={(['customers', 'orders'] as const).map((value) => ({
              value,
              label: t(`kinds.${value}`),
            }))}
          />
        ) : null}
        <Button type="text" size="small" aria-label={t('remove')} icon={<X size={15} />} onClick={onRemove} />
      </header>
      {problem ? <ProblemAlert problem={problem} /> : null}
      {inspected === null && !problem ? (
        <div role="status" aria-label={t('reading', { file: file.name })}>
          <Skeleton active title={false} paragraph={{ rows: 4 }} />
        </div>
      ) : null}
      {inspected ? (
        <>
          <Columns inspected={inspected} kind={kind} mapping={mapping} onChange={onMapping} />
          <Start
            kind={kind}
            mapping={mapping}
            held={customersFirst && kind === 'orders'}
            busy={busy}
            onStart={onStart}
          />
        </>
      ) : null}
    </Panel>
  )
}

const encodings: Record<InspectAnswer['encoding'], string> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 BE',
  big5: 'Big5',
  'windows-1252': 'Windows-1252',
}

function Found({ inspected: { rows, columns, encoding } }: { inspected: InspectAnswer }) {
  const { t } = useTranslation('import')
  const format = useFormat()
  return (
    <span className={styles.found}>
      {t('found', { rows: format.count(rows), columns: columns.length, encoding: encodings[encoding] })}
    </span>
  )
}

interface ColumnsProps {
  inspected: InspectAnswer
  kind: ImportKind
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

function Columns({ inspected: { columns, sample }, kind, mapping, onChange }: ColumnsProps) {
  const { t } = useTranslation('import')
  const said = (choice: ReturnType<typeof choicesFor>[number]) =>
    choice === 'attribute' && kind === 'orders' ? t('fields.property') : t(`fields.${choice}`)
  const shown: TableColumnsType<{ column: string }> = [
    { title: t('columns.column'), dataIndex: 'column', width: '30%', ellipsis: true },
    {
      title: t('columns.example'),
      key: 'example',
      ellipsis: true,
      render: (_, { column }) => (
        <span className={styles.example}>{examplesOf(sample, column).join(' · ')}</span>
      ),
    },
    {
      title: t('columns.field'),
      key: 'field',
      width: 240,
      render: (_, { column }) => (
        <Select
          size="small"
          style={{ width: '100%' }}
          aria-label={`${t('columns.field')} ${column}`}
          value={mapping[column] ?? 'ignore'}
          options={choicesFor(kind, column).map((value) => ({ value, label: said(value) }))}
          onChange={(field) => onChange({ ...mapping, [column]: field })}
          data-testid={`map-${column}`}
        />
      ),
    },
  ]
  return (
    <Table
      rowKey="column"
      size="small"
      columns={shown}
      dataSource={columns.map((column) => ({ column }))}
      pagination={false}
      scroll={{ y: 320 }}
    />
  )
}

interface StartProps {
  kind: ImportKind
  mapping: Mapping
  held: boolean
  busy: boolean
  onStart: () => void
}

function Start({ kind, mapping, held, busy, onStart }: StartProps) {
  const { t } = useTranslation('import')
  const { missing, twice } = mappingProblems(kind, mapping)
  const named = (fields: typeof twice) => fields.map((field) => t(`fields.${field}`)).join(t('and'))
  const needed = missing
    .map((group) => group.map((field) => t(`fields.${field}`)).join(t('or')))
    .join(t('and'))
  const wrong =
    missing.length > 0
      ? t('mapping.missing', { fields: needed })
      : twice.length > 0
        ? t('mapping.twice', { fields: named(twice) })
        : null
  const ready = held ? t('mapping.customersFirst') : t('mapping.ready')
  return (
    <footer className={styles.foot}>
      <span className={wrong !== null ? styles.wrong : held ? '' : styles.ready}>{wrong ?? ready}</span>
      <Button
        type="primary"
        disabled={wrong !== null || held}
        loading={busy}
        onClick={onStart}
        data-testid={`start-import-${kind}`}
      >
        {t('start')}
      </Button>
    </footer>
  )
}
