import { useMutation } from '@tanstack/react-query'
import { AutoComplete, Button, Popconfirm, Select, Table, type TableColumnsType, Tag, Tooltip } from 'antd'
import { ArrowLeftRight, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { suggestedAnswer } from '../../../shared/api/suggested.ts'
import { type BoundTag, boundTags, corpTags } from '../../../shared/api/wecom-tags.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { Count } from '../../ui/figures.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './wecom.module.css'

const path = '/wecom/tags'
/** While WeCom is still to be told of somebody, how far it is (ms). */
const everyMs = 3_000

/** Which of the brand's tags are which of the corp's, and how far both are the same. */
export function TagsPanel() {
  const { t } = useTranslation('wecom')
  const query = useApiQuery(path, boundTags, {
    refetchInterval: ({ state }) => (state.data?.tags.some(({ waiting }) => waiting > 0) ? everyMs : false),
  })
  return (
    <Panel title={t('tags.title')}>
      <p className={styles.about}>{t('tags.about')}</p>
      <Binder />
      <Loaded query={query} skeleton={<TableSkeleton rows={3} />}>
        {({ tags }) =>
          tags.length === 0 ? <p className={styles.none}>{t('tags.none')}</p> : <Bound tags={tags} />
        }
      </Loaded>
    </Panel>
  )
}

/** Chooses a tag of each side and binds them. */
function Binder() {
  const { t } = useTranslation('wecom')
  const notice = useNotice()
  const [tag, setTag] = useState('')
  const [tagId, setTagId] = useState<string | null>(null)
  const mine = useApiQuery('/customers/values?field=tag', suggestedAnswer).data?.values ?? []
  const theirs = useApiQuery('/wecom/corp-tags', corpTags)
  const bind = useMutation({
    mutationFn: () => api.post(path, boundTags, { tag: tag.trim(), tagId }),
    onSuccess: async () => {
      setTag('')
      setTagId(null)
      notice.done(t('tags.bound'))
      await refresh(path)
    },
    onError: notice.problem,
  })
  if (theirs.error)
    return <ProblemAlert problem={asProblem(theirs.error)} onRetry={() => void theirs.refetch()} />
  const groups = theirs.data?.groups ?? []
  return (
    <div className={styles.binder}>
      <AutoComplete
        value={tag}
        options={mine.map(({ value }) => ({ value: String(value) }))}
        showSearch={{ filterOption: (typed, option) => option?.value.includes(typed.trim()) === true }}
        placeholder={t('tags.mine')}
        aria-label={t('tags.mine')}
        onChange={setTag}
        data-testid="tag-mine"
      />
      <ArrowLeftRight size={15} aria-hidden />
      <Select
        value={tagId}
        loading={theirs.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('tags.theirs')}
        aria-label={t('tags.theirs')}
        options={groups.map(({ id, name, tags }) => ({
          title: id,
          label: name,
          options: tags.map((one) => ({ value: one.id, label: one.name })),
        }))}
        onChange={setTagId}
        data-testid="tag-theirs"
      />
      <Button
        type="primary"
        loading={bind.isPending}
        disabled={tag.trim() === '' || tagId === null}
        onClick={() => bind.mutate()}
        data-testid="tag-bind"
      >
        {t('tags.bind')}
      </Button>
    </div>
  )
}

function Bound({ tags }: { tags: readonly BoundTag[] }) {
  const { t } = useTranslation('wecom')
  const notice = useNotice()
  const unbind = useMutation({
    mutationFn: (tagId: string) => api.delete(`${path}/${encodeURIComponent(tagId)}`, z.unknown()),
    onSuccess: () => refresh(path),
    onError: notice.problem,
  })
  const columns: TableColumnsType<BoundTag> = [
    { title: t('tags.columns.mine'), key: 'tag', render: (_, { tag }) => <Tag>{tag}</Tag> },
    {
      title: t('tags.columns.theirs'),
      key: 'name',
      render: (_, { group, name, gone }) => (
        <>
          {group} · {name}
          {gone ? (
            <Tag color="warning" className={styles.flag ?? ''}>
              {t('tags.gone')}
            </Tag>
          ) : null}
        </>
      ),
    },
    {
      title: t('tags.columns.customers'),
      key: 'customers',
      align: 'right',
      render: (_, { customers }) => <Count value={customers} />,
    },
    {
      title: t('tags.columns.state'),
      key: 'state',
      render: (_, row) => <State row={row} />,
    },
    {
      key: 'actions',
      align: 'right',
      render: (_, { tagId }) => (
        <Popconfirm
          title={t('tags.unbindAsk')}
          description={t('tags.unbindText')}
          okText={t('tags.unbind')}
          onConfirm={() => unbind.mutate(tagId)}
        >
          <Button type="text" danger size="small" icon={<Trash2 size={13} />} aria-label={t('tags.unbind')} />
        </Popconfirm>
      ),
    },
  ]
  return (
    <Table
      rowKey="tagId"
      size="middle"
      columns={columns}
      dataSource={[...tags]}
      pagination={false}
      data-testid="bound-tags"
    />
  )
}

function State({ row: { waiting, failed, error, gone } }: { row: BoundTag }) {
  const { t } = useTranslation('wecom')
  if (gone) return null
  if (failed > 0)
    return (
      <Tooltip title={error}>
        <Tag color="error">{t('tags.failed', { count: failed })}</Tag>
      </Tooltip>
    )
  if (waiting > 0) return <Tag color="processing">{t('tags.waiting', { count: waiting })}</Tag>
  return <Tag color="success">{t('tags.same')}</Tag>
}
