import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { brandSettings } from '../../../../shared/api/settings.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import {
  type ConflictRule,
  conflictRule,
  type IdentifierKind,
  identifierKinds,
  ruleOf,
} from '../../../../shared/persons/kinds.ts'
import { api } from '../../../api/client.ts'
import { refresh, useApiQuery } from '../../../api/query.ts'
import { Loaded } from '../../../ui/Loaded.tsx'
import { Panel } from '../../../ui/Page.tsx'
import { TableSkeleton } from '../../../ui/Skeletons.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNotice } from '../../../ui/useNotice.tsx'
import styles from './Duplicates.module.css'

const path = '/settings/brand'

/** What follows, kind by kind, where one verified identifier is told of two customers. */
export function Rules() {
  const { t } = useTranslation('persons')
  const query = useApiQuery(path, brandSettings)
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={6} />}>
      {(brand) => (
        <Panel title={t('tabs.rules')}>
          <p className={styles.about}>{t('rules.about')}</p>
          {identifierKinds.map((kind) => (
            <Rule key={kind} kind={kind} brand={brand} />
          ))}
        </Panel>
      )}
    </Loaded>
  )
}

function Rule({ kind, brand }: { kind: IdentifierKind; brand: Brand }) {
  const { t } = useTranslation('persons')
  const format = useFormat()
  const notice = useNotice()
  const { words, choices } = ruleOf(kind)
  const choose = async (rule: ConflictRule) => {
    try {
      await api.put(path, brandSettings, { ...brand, merging: { ...brand.merging, [kind]: rule } })
      notice.done(t('rules.saved'))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      await refresh('/settings/')
    }
  }
  return (
    <div className={styles.rule}>
      <span>{format.text(words)}</span>
      {choices.length === 1 ? (
        <span className={styles.id}>{t('rules.device')}</span>
      ) : (
        <Segmented<ConflictRule>
          value={conflictRule(kind, brand.merging)}
          options={choices.map((rule) => ({ value: rule, label: t(`rules.${rule}`) }))}
          onChange={(rule) => void choose(rule)}
          aria-label={format.text(words)}
        />
      )}
    </div>
  )
}
