import { Button, Input, Tag } from 'antd'
import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelGroup, ModelReport } from '../../../shared/api/models.ts'
import { limits } from '../../../shared/limits.ts'
import { sayDifferences } from '../../../shared/models/group-names.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Panel } from '../../ui/Page.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Groups.module.css'
import { useNameGroup } from './useModels.ts'

/** The groups that were found: how large each is and by what it differs, to be named by a person. */
export function GroupsPanel({ groups, busy }: Pick<ModelReport, 'groups'> & { busy: boolean }) {
  const { t } = useTranslation('models')
  const all = groups.reduce((sum, { customers }) => sum + customers, 0)
  return (
    <Panel title={t('groups.title')} extra={<small>{t('groups.note')}</small>}>
      <ul className={styles.groups} data-testid="groups">
        {groups.map((group) => (
          <Group key={group.id} group={group} all={all} busy={busy} />
        ))}
      </ul>
    </Panel>
  )
}

function Group({ group, all, busy }: { group: ModelGroup; all: number; busy: boolean }) {
  const { t } = useTranslation('models')
  const { locale } = useLocale()
  const format = useFormat()
  const { customers, differences, drifted, isNew, named } = group
  const part = customers / Math.max(1, all)
  return (
    <li className={styles.group}>
      <Name group={group} busy={busy} />
      <p className={styles.says}>
        {/* An unnamed one is called by what it differs in. */}
        {named ? atHead(sayDifferences(differences, locale)) : t('groups.unnamed')}
        {isNew ? <Tag color="blue">{t('groups.isNew')}</Tag> : null}
        {drifted ? <Tag color="orange">{t('groups.drifted')}</Tag> : null}
      </p>
      <div className={styles.size}>
        <span className={styles.bar} aria-hidden="true">
          <span style={{ width: `${Math.round(part * 100)}%` }} />
        </span>
        <span>
          {t('groups.size', {
            count: customers,
            replace: { count: format.count(customers), share: format.share(part) },
          })}
        </span>
      </div>
    </li>
  )
}

/** A group's name; a press lets it be changed. */
function Name({ group: { id, name, named }, busy }: { group: ModelGroup; busy: boolean }) {
  const { t } = useTranslation('models')
  const [typed, setTyped] = useState<string | null>(null)
  const naming = useNameGroup(() => setTyped(null))
  if (typed === null)
    return (
      <div className={styles.name}>
        <strong>{name}</strong>
        <Button
          type="text"
          size="small"
          icon={<PencilLine size={14} />}
          disabled={busy}
          title={busy ? t('groups.busy') : undefined}
          onClick={() => setTyped(named ? name : '')}
          data-testid={`name-${id}`}
        >
          {t(named ? 'groups.rename' : 'groups.name')}
        </Button>
      </div>
    )
  const save = () => {
    const wanted = typed.trim()
    if (wanted === '' || wanted === name) setTyped(null)
    else naming.mutate({ id, name: wanted })
  }
  return (
    <form
      className={styles.name}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Input
        autoFocus
        value={typed}
        maxLength={limits.titleLength.value}
        placeholder={t('groups.placeholder')}
        aria-label={t('groups.placeholder')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null)
        }}
      />
      <Button type="primary" htmlType="submit" loading={naming.isPending}>
        {t('groups.save')}
      </Button>
      <Button onClick={() => setTyped(null)}>{t('groups.cancel')}</Button>
    </form>
  )
}
