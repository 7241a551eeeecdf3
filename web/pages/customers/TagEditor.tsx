import { AutoComplete, Button, Tag } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { z } from 'zod'
import type { TagEdit } from '../../../shared/api/customer-edits.ts'
import { vocabularyAnswer } from '../../../shared/api/customers.ts'
import type { CustomerOrigins } from '../../../shared/api/origins.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { OriginMark } from './Origin.tsx'
import styles from './Tags.module.css'

/** A customer's tags: each leads to those who share it, can be taken away, and others are given. */
export function TagEditor({
  customerId,
  tags,
  origins,
}: {
  customerId: string
  tags: readonly string[]
  origins: CustomerOrigins['tags']
}) {
  const { t } = useTranslation('customers')
  const notice = useNotice()
  const path = useBrandPath()
  const change = async (edit: Partial<TagEdit>) => {
    try {
      await api.post(`/customers/${encodeURIComponent(customerId)}/tags`, z.undefined(), edit)
      return true
    } catch (problem) {
      notice.problem(problem)
      return false
    } finally {
      await refresh('/customers')
    }
  }
  const remove = async (tag: string) => {
    if (await change({ remove: [tag] }))
      notice.undoable(t('edit.tagRemoved', { tag }), () => void change({ add: [tag] }))
  }
  return (
    <div className={styles.tags} data-testid="tags">
      {tags.map((tag) => (
        <Tag
          key={tag}
          className={styles.editable ?? ''}
          closable={{ 'aria-label': t('edit.removeTag', { tag }) }}
          onClose={(event) => {
            event.preventDefault()
            void remove(tag)
          }}
        >
          <Link to={path(`customers?tag=${encodeURIComponent(tag)}`)}>{tag}</Link>
          <OriginMark origin={Object.hasOwn(origins, tag) ? origins[tag] : undefined} label={tag} />
        </Tag>
      ))}
      <AddTag had={tags} onAdd={(tag) => change({ add: [tag] })} />
    </div>
  )
}

function AddTag({ had, onAdd }: { had: readonly string[]; onAdd: (tag: string) => Promise<boolean> }) {
  const { t } = useTranslation('customers')
  const [typed, setTyped] = useState<string | null>(null)
  const known = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 60_000, enabled: typed !== null })
  if (typed === null)
    return (
      <Button
        size="small"
        type="dashed"
        icon={<Plus size={12} aria-hidden />}
        onClick={() => setTyped('')}
        data-testid="add-tag"
      >
        {t('edit.addTag')}
      </Button>
    )
  const add = async (tag: string) => {
    if (tag.trim() === '' || (await onAdd(tag.trim()))) setTyped(null)
  }
  const choices = (known.data?.tags ?? []).filter((tag) => !had.includes(tag) && tag.includes(typed))
  return (
    <AutoComplete
      autoFocus
      size="small"
      style={{ width: 140 }}
      value={typed}
      onChange={setTyped}
      onSelect={(tag: string) => void add(tag)}
      options={choices.slice(0, 20).map((value) => ({ value }))}
      aria-label={t('edit.addTag')}
      placeholder={t('edit.tag')}
      onBlur={() => setTyped(null)}
      onInputKeyDown={(event) => {
        if (event.key === 'Enter') void add(typed)
        if (event.key === 'Escape') setTyped(null)
      }}
      data-testid="tag-input"
    />
  )
}
