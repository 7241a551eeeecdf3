import { Checkbox, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type ImportOptions, type InspectAnswer, importEncodings } from '../../../shared/api/imports.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './FileCard.module.css'
import type { ImportKind } from './mapping.ts'

const encodings: Readonly<Record<InspectAnswer['encoding'], string>> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 BE',
  big5: 'Big5',
  'windows-1252': 'Windows-1252',
}
const memberships = ['subscribed', 'unsubscribed', 'cleaned', 'nonsubscribed', 'none'] as const
type Membership = (typeof memberships)[number]

interface ReadingProps {
  inspected: InspectAnswer
  kind: ImportKind
  options: Partial<ImportOptions>
  busy: boolean
  onRead: (options: Partial<ImportOptions>) => void
  onOptions: (options: Partial<ImportOptions>) => void
}

/** How the file is read: which line is its header, in which encoding; and what the import is to do besides. */
export function Reading({ inspected, kind, options, busy, onRead, onOptions }: ReadingProps) {
  const { t } = useTranslation('import')
  const format = useFormat()
  const { header, head, encoding, noData, membership } = inspected
  const lines = head.map(({ line, text }) => ({
    value: line,
    label: t('onLine', { line: format.count(line), text }),
  }))
  return (
    <div className={styles.reading}>
      <Choice label={t('options.header')}>
        <Select
          size="small"
          className={styles.headerLine ?? ''}
          aria-label={t('options.header')}
          disabled={busy}
          value={header}
          options={lines}
          onChange={(line) => onRead({ ...options, header: line })}
          data-testid="header-line"
        />
      </Choice>
      <Choice label={t('options.encoding')}>
        <Select
          size="small"
          style={{ width: 132 }}
          aria-label={t('options.encoding')}
          disabled={busy}
          value={encoding}
          options={importEncodings.map((value) => ({ value, label: encodings[value] }))}
          onChange={(value) => onRead({ ...options, encoding: value })}
          data-testid="encoding"
        />
      </Choice>
      {kind === 'customers' && membership !== null ? (
        <Choice label={t('options.membership')}>
          <Select<Membership>
            size="small"
            style={{ width: 200 }}
            aria-label={t('options.membership')}
            value={options.membership === undefined ? membership : (options.membership ?? 'none')}
            options={memberships.map((value) => ({ value, label: t(`memberships.${value}`) }))}
            onChange={(value) => onOptions({ ...options, membership: value === 'none' ? null : value })}
          />
        </Choice>
      ) : null}
      {kind === 'orders' ? (
        <Checkbox
          checked={options.createCustomers ?? false}
          onChange={({ target }) => onOptions({ ...options, createCustomers: target.checked })}
          data-testid="create-customers"
        >
          {t('options.createCustomers')}
        </Checkbox>
      ) : null}
      {noData.length > 0 ? (
        <Checkbox
          checked={options.takeAll ?? false}
          onChange={({ target }) => onOptions({ ...options, takeAll: target.checked })}
        >
          {t('options.takeAll')}
        </Checkbox>
      ) : null}
    </div>
  )
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className={styles.choice}>
      <span>{label}</span>
      {children}
    </span>
  )
}
