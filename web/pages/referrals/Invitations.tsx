import { Button, Popconfirm, Segmented, Table, type TableColumnsType, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Invitation, invitation, invitations } from '../../../shared/api/referrals.ts'
import type { ReferralState } from '../../../shared/referrals/states.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { usePages } from '../../api/usePages.ts'
import { When } from '../../ui/figures.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './referrals.module.css'

const colours = {
  waiting: 'default',
  due: 'processing',
  rewarded: 'success',
  held: 'warning',
  refused: 'default',
} as const satisfies Record<ReferralState, string>

/** Who was invited by whom, those first at which a person has to look. */
export function Invitations({ of, held }: { of: string; held: number }) {
  const { t } = useTranslation('referrals')
  const [shown, setShown] = useState<'all' | 'held'>(held > 0 ? 'held' : 'all')
  const at = `/referrals/${encodeURIComponent(of)}/invitations`
  const filters = shown === 'held' ? { state: 'held' } : {}
  const pages = usePages(at, invitations, filters, 'before')
  const rows = pages.data?.pages.flatMap((page) => page.invitations) ?? []
  const choose = (
    <Segmented
      size="small"
      value={shown}
      aria-label={t('invitations.show')}
      options={[
        { value: 'all', label: t('invitations.all') },
        { value: 'held', label: t('invitations.held', { count: held }) },
      ]}
      onChange={setShown}
    />
  )
  return (
    <Panel title={t('invitations.title')} extra={choose}>
      {pages.error ? (
        <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
      ) : !pages.isPending && rows.length === 0 ? (
        <p className={styles.note}>{t(shown === 'held' ? 'invitations.noneHeld' : 'invitations.none')}</p>
      ) : (
        <>
          <Rows rows={rows} loading={pages.isPending} at={at} />
          {pages.hasNextPage ? (
            <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('invitations.more')}
            </Button>
          ) : null}
        </>
      )}
    </Panel>
  )
}

function Person({ id, name }: { id: string; name: string | null }) {
  const path = useBrandPath()
  return (
    <>
      <Link to={path(`customers/${encodeURIComponent(id)}`)}>{name ?? id}</Link>
      {name === null ? null : <div className={styles.key}>{id}</div>}
    </>
  )
}

function Rows({ rows, loading, at }: { rows: readonly Invitation[]; loading: boolean; at: string }) {
  const { t } = useTranslation('referrals')
  const notice = useNotice()
  const decide = async (id: string, accept: boolean) => {
    try {
      await api.post(`${at}/${id}/decision`, invitation, { accept })
      notice.done(t(accept ? 'invitations.accepted' : 'invitations.refused'))
    } catch (error) {
      notice.problem(error)
    }
    await refresh('/referrals')
  }
  const columns: TableColumnsType<Invitation> = [
    {
      title: t('invitations.invited'),
      key: 'invited',
      render: (_, { invited, invitedName }) => <Person id={invited} name={invitedName} />,
    },
    {
      title: t('invitations.by'),
      key: 'by',
      render: (_, { inviter, inviterName }) =>
        inviter === null ? t('invitations.erased') : <Person id={inviter} name={inviterName} />,
    },
    {
      title: t('invitations.joined'),
      dataIndex: 'joinedAt',
      width: 150,
      render: (moment: number) => <When at={moment} />,
    },
    {
      title: t('invitations.state'),
      key: 'state',
      width: 190,
      render: (_, { state, reason }) => (
        <>
          <Tag color={colours[state]}>{t(`states.${state}`)}</Tag>
          {reason === null ? null : <div className={styles.key}>{t(`reasons.${reason}`)}</div>}
        </>
      ),
    },
    {
      key: 'decide',
      width: 150,
      align: 'right',
      render: (_, { id, state }) =>
        state === 'held' ? (
          <div className={styles.acts}>
            <Popconfirm
              title={t('invitations.acceptAsk')}
              okText={t('invitations.accept')}
              onConfirm={() => decide(id, true)}
            >
              <Button size="small">{t('invitations.accept')}</Button>
            </Popconfirm>
            <Button size="small" danger onClick={() => void decide(id, false)}>
              {t('invitations.refuse')}
            </Button>
          </div>
        ) : null,
    },
  ]
  return (
    <Table
      rowKey="id"
      size="small"
      loading={loading}
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 760 }}
      data-testid="invitations"
    />
  )
}
