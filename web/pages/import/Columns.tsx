import { Select, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ColumnType, InspectAnswer } from '../../../shared/api/imports.ts'
import {
  attributeTypes,
  type Format,
  formatNames,
  types as typeTable,
} from '../../../shared/conditions/types/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import styles from './FileCard.module.css'
import { type Choice, choicesFor, examplesOf, type ImportKind, type Mapping } from './mapping.ts'

interface ColumnsProps {
  inspected: InspectAnswer
  kind: ImportKind
  mapping: Mapping
  /** Types that a person has changed. */
  types: Readonly<Record<string, ColumnType>>
  onMapping: (mapping: Mapping) => void
  onTypes: (types: Readonly<Record<string, ColumnType>>) => void
}

/** Fields that hold days, of which day and month may stand in either order. */
const days: readonly string[] = ['birthday', 'registered_at', 'ordered_at', 'created_at']
const plainText: ColumnType = { type: 'text', format: null }

/** What each column holds, and what it is taken as. */
export function Columns({ inspected, kind, mapping, types, onMapping, onTypes }: ColumnsProps) {
  const { t } = useTranslation('import')
  const { columns, sample, warnings } = inspected
  const said = (choice: Choice) =>
    choice === 'attribute' && kind === 'orders' ? t('fields.property') : t(`fields.${choice}`)
  const doubtful = new Set(warnings.flatMap(({ column }) => (column === null ? [] : [column])))
  const ambiguous = new Set(
    warnings.filter(({ code }) => code === 'day-or-month').map(({ column }) => column),
  )
  const shown: TableColumnsType<{ column: string }> = [
    {
      title: t('columns.column'),
      dataIndex: 'column',
      width: '24%',
      ellipsis: true,
      render: (column: string) => (
        <span className={doubtful.has(column) ? styles.doubtful : ''}>{column}</span>
      ),
    },
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
      width: 250,
      render: (_, { column }) => (
        <Select
          size="small"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          aria-label={`${t('columns.field')} ${column}`}
          value={mapping[column] ?? 'ignore'}
          options={choicesFor(kind, column).map((value) => ({ value, label: said(value) }))}
          onChange={(field) => onMapping({ ...mapping, [column]: field })}
          data-testid={`map-${column}`}
        />
      ),
    },
    {
      title: t('columns.type'),
      key: 'type',
      width: 220,
      render: (_, { column }) => (
        <TypeOf
          column={column}
          target={mapping[column] ?? 'ignore'}
          type={types[column] ?? inspected.types[column] ?? plainText}
          doubt={ambiguous.has(column) || types[column] !== undefined}
          onChange={(type) => onTypes({ ...types, [column]: type })}
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
      scroll={{ y: 360, x: 860 }}
    />
  )
}

interface TypeProps {
  column: string
  target: string
  type: ColumnType
  /** Whether the values do not tell how they are written, or a person has thought about it. */
  doubt: boolean
  onChange: (type: ColumnType) => void
}

/** The type of a column that is no field, and how its values are written where that leaves a doubt. */
function TypeOf({ column, target, type, doubt, onChange }: TypeProps) {
  const { t } = useTranslation('import')
  const { locale } = useLocale()
  const own = target === 'attribute'
  if (!own && !days.includes(target)) return null
  const kind = own ? type.type : 'date'
  const formats: readonly Format[] = typeTable[kind].formats
  return (
    <span className={styles.types}>
      {own ? (
        <Select
          size="small"
          aria-label={`${t('columns.type')} ${column}`}
          value={type.type}
          options={attributeTypes.map((value) => ({ value, label: typeTable[value].name[locale] }))}
          onChange={(value) => onChange({ type: value, format: null })}
          data-testid={`type-${column}`}
        />
      ) : null}
      {formats.length > 0 && (doubt || type.format !== null) ? (
        <Select
          size="small"
          allowClear
          placeholder={t('columns.format')}
          aria-label={`${t('columns.format')} ${column}`}
          value={formats.find((format) => format === type.format) ?? null}
          options={formats.map((value) => ({ value, label: formatNames[value][locale] }))}
          onChange={(format: Format | null | undefined) => onChange({ type: kind, format: format ?? null })}
          data-testid={`format-${column}`}
        />
      ) : null}
    </span>
  )
}
