import { App, Button, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AttributeEntry } from '../../../shared/api/attributes.ts'
import { audienceUses } from '../../../shared/api/customers.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { api } from '../../api/client.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Count } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { Uses } from '../Uses.tsx'
import styles from './Fields.module.css'
import { TypeSelect } from './TypeSelect.tsx'

export interface FieldsTableProps {
  fields: readonly AttributeEntry[]
  customers: number
  onShow: (name: string) => void
}

/** The fields, one a row: what each holds, for how many customers, and what could not be read. */
export function FieldsTable({ fields, customers, onShow }: FieldsTableProps) {
  const { t } = useTranslation('fields')
  const columns: TableColumnsType<AttributeEntry> = [
    { title: t('columns.name'), key: 'name', width: 200, render: (_, field) => <Name field={field} /> },
    { title: t('columns.type'), key: 'type', width: 330, render: (_, field) => <TypeSelect field={field} /> },
    {
      title: t('columns.examples'),
      key: 'examples',
      ellipsis: true,
      render: (_, { examples }) => (
        <span className={styles.dim}>{examples.map(String).join(' / ') || '–'}</span>
      ),
    },
    {
      title: t('columns.filled'),
      key: 'filled',
      align: 'right',
      width: 130,
      render: (_, { filled }) => <Filled filled={filled} customers={customers} />,
    },
    {
      title: t('columns.used'),
      key: 'used',
      align: 'right',
      width: 90,
      render: (_, { name }) => <Used name={name} />,
    },
    {
      title: t('columns.unreadable'),
      key: 'unreadable',
      align: 'right',
      width: 120,
      render: (_, field) => <Unreadable field={field} onShow={onShow} />,
    },
  ]
  return (
    <Table
      rowKey="name"
      size="middle"
      columns={columns}
      dataSource={[...fields.filter(({ builtIn }) => !builtIn), ...fields.filter(({ builtIn }) => builtIn)]}
      pagination={false}
      scroll={{ x: 900 }}
      data-testid="fields-table"
    />
  )
}

function Name({ field: { name, builtIn } }: { field: AttributeEntry }) {
  const { t } = useTranslation('fields')
  const { locale } = useLocale()
  return (
    <>
      <span className={styles.name}>{builtIn ? sayName(name, locale) : name}</span>
      {builtIn ? <span className={styles.note}>{t('builtIn')}</span> : null}
    </>
  )
}

/** Looks up where a field is used, at a press: each is a look through all journeys. */
function Used({ name }: { name: string }) {
  const { t } = useTranslation('fields')
  const { modal } = App.useApp()
  const notice = useNotice()
  const look = async () => {
    const { uses } = await api.get(`/uses/attribute/${encodeURIComponent(name)}`, audienceUses)
    const about = t(uses.length === 0 ? 'used.nowhere' : 'used.about')
    const content = <Uses uses={uses} about={about} onLeave={() => shown.destroy()} />
    const shown = modal.info({
      title: t('used.title', { name }),
      width: 520,
      content,
      okText: t('used.close'),
    })
  }
  return (
    <Button
      size="small"
      type="link"
      onClick={() => void look().catch(notice.problem)}
      data-testid={`used-${name}`}
    >
      {t('used.look')}
    </Button>
  )
}

function Filled({ filled, customers }: { filled: number; customers: number }) {
  const format = useFormat()
  return (
    <>
      <Count value={filled} />
      {customers > 0 ? <span className={styles.note}>{format.share(filled / customers)}</span> : null}
    </>
  )
}

function Unreadable({ field, onShow }: { field: AttributeEntry; onShow: (name: string) => void }) {
  const { t } = useTranslation('fields')
  const format = useFormat()
  if (field.unreadable === 0) return <span className={styles.dim}>0</span>
  return (
    <Button
      size="small"
      type="link"
      danger
      onClick={() => onShow(field.name)}
      data-testid={`unreadable-${field.name}`}
    >
      {t('look', { count: field.unreadable, total: format.count(field.unreadable) })}
    </Button>
  )
}
