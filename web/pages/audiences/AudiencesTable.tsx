import { Button, Dropdown, Table, type TableColumnsType, Tooltip } from 'antd'
import { ContactRound, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { AudienceSummary } from '../../../shared/api/customers.ts'
import type { JourneySummary } from '../../../shared/api/journeys.ts'
import { sayCondition } from '../../../shared/conditions/say.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { withNames } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Findings } from '../../ui/Findings.tsx'
import { Count } from '../../ui/figures.tsx'
import { NothingFound } from '../../ui/ListCard.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { BrandFormat } from '../../ui/zone.ts'
import { CannotBeRead } from '../CannotBeRead.tsx'
import { Near } from '../journeys/Near.tsx'
import styles from './AudiencesTable.module.css'

export interface AudiencesTableProps {
  audiences: readonly AudienceSummary[]
  /** What all audiences are called, by their keys. */
  nameOf: ReadonlyMap<string, string>
  journeys: readonly JourneySummary[]
  onEdit: (audience: AudienceSummary) => void
  onDelete: (audience: AudienceSummary) => void
}

/** The audiences, one a row: who they are in words, how many, who made it. */
export function AudiencesTable({ audiences, nameOf, journeys, onEdit, onDelete }: AudiencesTableProps) {
  const { t } = useTranslation('audiences')
  const format = useFormat()
  const names = {
    audiences: nameOf,
    journeys: new Map(journeys.map(({ id, name }) => [id, format.text(name)])),
  }
  const columns: TableColumnsType<AudienceSummary> = [
    {
      title: t('columns.name'),
      key: 'name',
      width: 220,
      render: (_, audience) => <Name audience={audience} />,
    },
    {
      title: t('columns.what'),
      key: 'what',
      render: (_, audience) => <What audience={audience} names={names} />,
    },
    {
      title: t('columns.size'),
      dataIndex: 'size',
      align: 'right',
      width: 96,
      render: (size: number, { unknown }) =>
        unknown ? <span title={t('unknownSize')}>—</span> : <Count value={size} />,
    },
    {
      title: t('columns.maker'),
      key: 'maker',
      width: 190,
      render: (_, { journeyId }) => <Maker id={journeyId} journeys={journeys} />,
    },
    {
      title: t('columns.updated'),
      dataIndex: 'updatedAt',
      width: 140,
      render: (at: number) => <Near at={at} />,
    },
    {
      key: 'menu',
      fixed: 'end',
      width: 52,
      align: 'right',
      render: (_, audience) => <Menu audience={audience} onEdit={onEdit} onDelete={onDelete} />,
    },
  ]
  return (
    <Table
      rowKey="key"
      size="middle"
      columns={columns}
      dataSource={[...audiences]}
      pagination={false}
      scroll={{ x: 900 }}
      locale={{ emptyText: <NothingFound>{t('noneFound')}</NothingFound> }}
      data-testid="audiences-table"
    />
  )
}

function Name({ audience }: { audience: AudienceSummary }) {
  const { t } = useTranslation('audiences')
  const path = useBrandPath()
  const format = useFormat()
  const name = format.text(audience.name)
  return (
    <>
      <Link
        to={path(`audiences/${audience.key}`)}
        className={styles.name}
        data-testid={`audience-${audience.key}`}
      >
        {name}
      </Link>
      <span className={styles.key}>
        {t(`kinds.${audience.frozen !== null ? 'frozen' : audience.kind}`)} · {audience.key}
      </span>
    </>
  )
}

interface Names {
  readonly audiences: ReadonlyMap<string, string>
  readonly journeys: ReadonlyMap<string, string>
}

function What({ audience, names }: { audience: AudienceSummary; names: Names }) {
  const { t } = useTranslation('audiences')
  const { locale } = useLocale()
  const { currency } = useContext(BrandFormat)
  const { journeyId, unreadable, frozen } = audience
  const condition = audience.condition ?? frozen?.condition ?? null
  if (unreadable !== null) return <CannotBeRead reason={unreadable} />
  const said = condition
    ? atHead(sayCondition(withNames(condition, names.audiences, names.journeys), locale, currency))
    : journeyId === null
      ? t('listPlain')
      : t('listSaid')
  return (
    <>
      <Tooltip title={said} mouseEnterDelay={0.6}>
        <span className={styles.what}>{said}</span>
      </Tooltip>
      <Findings findings={audience.findings} />
    </>
  )
}

function Maker({ id, journeys }: { id: string | null; journeys: readonly JourneySummary[] }) {
  const { t } = useTranslation('audiences')
  const format = useFormat()
  const path = useBrandPath()
  if (id === null) return t('byHand')
  const journey = journeys.find((each) => each.id === id)
  return <Link to={path(`journeys/${id}`)}>{journey ? format.text(journey.name) : id}</Link>
}

function Menu({
  audience,
  onEdit,
  onDelete,
}: Pick<AudiencesTableProps, 'onEdit' | 'onDelete'> & { audience: AudienceSummary }) {
  const { t } = useTranslation('audiences')
  const navigate = useNavigate()
  const path = useBrandPath()
  const items = [
    {
      key: 'members',
      label: t('members'),
      icon: <ContactRound size={14} />,
      onClick: () => navigate(path(`customers?audience=${audience.key}`)),
    },
    ...(audience.kind === 'condition'
      ? [{ key: 'edit', label: t('edit'), icon: <Pencil size={14} />, onClick: () => onEdit(audience) }]
      : []),
    {
      key: 'delete',
      label: t('delete'),
      danger: true,
      icon: <Trash2 size={14} />,
      onClick: () => onDelete(audience),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button
        type="text"
        size="small"
        aria-label={t('actions')}
        icon={<Ellipsis size={16} />}
        data-testid={`audience-menu-${audience.key}`}
      />
    </Dropdown>
  )
}
