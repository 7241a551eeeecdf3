import { Button, Table, type TableColumnsType, Tag } from 'antd'
import { Plus, Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { type KeptReferral, referralList } from '../../../shared/api/referrals.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Count, Money } from '../../ui/figures.tsx'
import { ListCard } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './referrals.module.css'

/** Programmes by which customers invite others, and how they fare. */
export function Component() {
  const { t } = useTranslation('referrals')
  const path = useBrandPath()
  const query = useApiQuery('/referrals', referralList)
  const create = (
    <Link to={path('referrals/new-programme')}>
      <Button type="primary" icon={<Plus size={15} />} data-testid="new-referral">
        {t('create')}
      </Button>
    </Link>
  )
  const some = (query.data?.referrals.length ?? 0) > 0
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={some ? create : null} />
      <Loaded query={query} skeleton={<TableSkeleton rows={4} />}>
        {({ referrals }) =>
          referrals.length === 0 ? (
            <EmptyState
              icon={Share2}
              title={t('empty.title')}
              text={t('empty.text')}
              example={t('empty.example')}
              action={create}
            />
          ) : (
            <ListCard note={t('count', { count: referrals.length })}>
              <Programmes referrals={referrals} />
            </ListCard>
          )
        }
      </Loaded>
    </Page>
  )
}

function Programmes({ referrals }: { referrals: readonly KeptReferral[] }) {
  const { t } = useTranslation('referrals')
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const figure = (name: 'inviters' | 'opened' | 'joined', width: number) => ({
    title: t(`figures.${name}`),
    key: name,
    align: 'right' as const,
    width,
    render: (_: unknown, { figures }: KeptReferral) => <Count value={figures[name]} />,
  })
  const columns: TableColumnsType<KeptReferral> = [
    {
      title: t('columns.name'),
      key: 'name',
      render: (_, { referral: { key, name, open } }) => (
        <>
          <Link to={path(`referrals/${key}`)}>{format.text(name)}</Link>
          {open ? null : <Tag className={styles.flag ?? ''}>{t('closed')}</Tag>}
          <div className={styles.key}>{key}</div>
        </>
      ),
    },
    figure('inviters', 120),
    figure('opened', 120),
    figure('joined', 120),
    {
      title: t('states.rewarded'),
      key: 'rewarded',
      align: 'right',
      width: 120,
      render: (_, { figures }) => <Count value={figures.states.rewarded ?? 0} />,
    },
    {
      title: t('states.held'),
      key: 'held',
      align: 'right',
      width: 120,
      render: (_, { figures: { states } }) => {
        const held = states.held ?? 0
        return held > 0 ? <strong className={styles.held}>{format.count(held)}</strong> : <Count value={0} />
      },
    },
    {
      title: t('figures.value'),
      key: 'value',
      align: 'right',
      width: 140,
      render: (_, { figures }) => <Money minor={figures.value} />,
    },
  ]
  return (
    <Table
      rowKey={({ referral }) => referral.key}
      size="middle"
      columns={columns}
      dataSource={[...referrals]}
      pagination={false}
      scroll={{ x: 960 }}
      onRow={({ referral }) => ({
        onClick: () => void navigate(path(`referrals/${referral.key}`)),
        style: { cursor: 'pointer' },
      })}
      data-testid="referrals-table"
    />
  )
}
