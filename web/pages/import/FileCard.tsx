import { Alert, Button, Segmented, Skeleton } from 'antd'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import {
  type ColumnType,
  type ImportOptions,
  type InspectAnswer,
  importKinds,
} from '../../../shared/api/imports.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Columns } from './Columns.tsx'
import styles from './FileCard.module.css'
import { ImportResult } from './ImportResult.tsx'
import { type ImportKind, type Mapping, mappingProblems } from './mapping.ts'
import { Reading } from './Reading.tsx'
import type { WaitingFile } from './useWaitingFiles.ts'

export interface FileCardProps {
  waiting: WaitingFile
  /** Customers wait or are on their way in; orders must not overtake them. */
  customersFirst: boolean
  onKind: (kind: ImportKind) => void
  /** The file is to be read otherwise, and looked into anew. */
  onRead: (options: Partial<ImportOptions>) => void
  onOptions: (options: Partial<ImportOptions>) => void
  onMapping: (mapping: Mapping) => void
  onTypes: (types: Readonly<Record<string, ColumnType>>) => void
  onStart: () => void
  onRemove: () => void
  onEnd: () => void
}

/** One chosen file: what it holds, what its columns mean, then how its import goes. */
export function FileCard(props: FileCardProps) {
  const { waiting, onKind, onRead, onRemove, onEnd } = props
  const { t } = useTranslation('import')
  const { file, inspected, kind, problem, busy, importId } = waiting
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
            options={importKinds.map((value) => ({
              value,
              label: t(`kinds.${value}`),
            }))}
          />
        ) : null}
        <Button type="text" size="small" aria-label={t('remove')} icon={<X size={15} />} onClick={onRemove} />
      </header>
      {problem ? <ProblemAlert problem={problem} /> : null}
      {problem && Object.keys(waiting.options).length > 0 ? (
        <footer className={styles.foot}>
          <Button size="small" onClick={() => onRead({})}>
            {t('readAnew')}
          </Button>
        </footer>
      ) : null}
      {inspected === null && !problem ? (
        <div role="status" aria-label={t('reading', { file: file.name })}>
          <Skeleton active title={false} paragraph={{ rows: 4 }} />
        </div>
      ) : null}
      {inspected && !problem ? <Known {...props} inspected={inspected} /> : null}
    </Panel>
  )
}

/** A file that was looked into: what deserves a look, how it is read, what its columns mean. */
function Known(props: FileCardProps & { inspected: InspectAnswer }) {
  const { inspected, waiting, customersFirst, onRead, onOptions, onMapping, onTypes, onStart } = props
  const { kind, mapping, types, options, busy } = waiting
  return (
    <>
      <Warnings inspected={inspected} />
      <Reading
        inspected={inspected}
        kind={kind}
        options={options}
        busy={busy}
        onRead={onRead}
        onOptions={onOptions}
      />
      <Columns
        inspected={inspected}
        kind={kind}
        mapping={mapping}
        types={types}
        onMapping={onMapping}
        onTypes={onTypes}
      />
      <Start
        kind={kind}
        mapping={mapping}
        held={customersFirst && kind === 'orders'}
        busy={busy}
        onStart={onStart}
      />
    </>
  )
}

function Found({ inspected: { rows, columns, program } }: { inspected: InspectAnswer }) {
  const { t } = useTranslation('import')
  const { locale } = useLocale()
  const format = useFormat()
  return (
    <span className={styles.found}>
      {program === null ? '' : `${t('program', { program: program[locale] })} · `}
      {t('found', { rows: format.count(rows), columns: columns.length })}
    </span>
  )
}

function Warnings({ inspected: { warnings, noData } }: { inspected: InspectAnswer }) {
  const { t } = useTranslation('import')
  const { locale } = useLocale()
  const format = useFormat()
  if (warnings.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      className={styles.warnings ?? ''}
      title={t('warnings')}
      description={
        <ul className={styles.list} data-testid="import-warnings">
          {warnings.map(({ code, column, text }) => (
            <li key={`${code} ${column ?? ''}`}>
              {text[locale]}
              {code === 'no-data' ? (
                <ul className={styles.list}>
                  {noData.slice(0, 5).map(({ line, reason }) => (
                    <li key={line}>{t('onLine', { line: format.count(line), text: reason[locale] })}</li>
                  ))}
                </ul>
              ) : null}
            </li>
          ))}
        </ul>
      }
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
