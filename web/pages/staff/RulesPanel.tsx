import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select, Switch } from 'antd'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { vocabularyAnswer } from '../../../shared/api/customers.ts'
import { rulesAnswer, type StaffList } from '../../../shared/api/staff.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { limits } from '../../../shared/limits.ts'
import type { AssignRule, AssignTo } from '../../../shared/staff/rules.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { ConditionEditor } from '../../conditions/index.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import { ConditionWords } from '../audiences/ConditionWords.tsx'
import styles from './staff.module.css'

interface RulesPanelProps {
  data: StaffList
  onGive: () => void
}

/** The ordered list of rules by which customers are given to staff. */
export function RulesPanel({ data, onGive }: RulesPanelProps) {
  const query = useApiQuery('/assignment-rules', rulesAnswer)
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={3} />}>
      {({ rules }) => <Rules key={JSON.stringify(rules)} saved={rules} data={data} onGive={onGive} />}
    </Loaded>
  )
}

const nobody: AssignTo = { staff: [], team: null, region: null, category: null, how: 'turns' }

function freshRule(rules: readonly AssignRule[], name: string): AssignRule {
  let number = rules.length + 1
  while (rules.some(({ id }) => id === `rule${number}`)) number += 1
  return { id: `rule${number}`, name: `${name} ${number}`, active: true, when: null, to: nobody }
}

function Rules({ saved, data, onGive }: RulesPanelProps & { saved: readonly AssignRule[] }) {
  const { t } = useTranslation(['staff', 'common'])
  const notice = useNotice()
  const [rules, setRules] = useState(saved)
  const save = useMutation({
    mutationFn: () => api.put('/assignment-rules', rulesAnswer, { rules }),
    onSuccess: async () => {
      notice.done(t('saved'))
      await refresh('/assignment-rules')
    },
  })
  const change = (index: number, rule: AssignRule) =>
    setRules(rules.map((old, at) => (at === index ? rule : old)))
  const move = (index: number, by: number) => {
    const next = [...rules]
    const [taken] = next.splice(index, 1)
    if (taken !== undefined) next.splice(index + by, 0, taken)
    setRules(next)
  }
  const isSaved = rules === saved
  return (
    <Panel
      title={t('tabs.rules')}
      extra={
        <Button onClick={onGive} disabled={saved.length === 0 || !isSaved} data-testid="give-now">
          {t('rules.now')}
        </Button>
      }
    >
      <p className={styles.quiet}>{t('rules.about')}</p>
      {save.error ? <ProblemAlert problem={asProblem(save.error)} /> : null}
      <ol className={styles.rules}>
        {rules.map((rule, index) => (
          <li key={rule.id} className={styles.rule} data-testid="rule">
            <header>
              <b>{index + 1}</b>
              <Input
                value={rule.name}
                maxLength={limits.nameLength.value}
                aria-label={t('rules.name')}
                onChange={({ target }) => change(index, { ...rule, name: target.value })}
              />
              <Switch
                size="small"
                checked={rule.active}
                aria-label={t('rules.active')}
                onChange={(active) => change(index, { ...rule, active })}
              />
              <Button
                type="text"
                icon={<ArrowUp size={14} />}
                aria-label={t('rules.up')}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <Button
                type="text"
                icon={<ArrowDown size={14} />}
                aria-label={t('rules.down')}
                disabled={index === rules.length - 1}
                onClick={() => move(index, 1)}
              />
              <Button
                type="text"
                danger
                icon={<Trash2 size={14} />}
                aria-label={t('remove')}
                onClick={() => setRules(rules.filter((_, at) => at !== index))}
              />
            </header>
            <When rule={rule} onChange={(when) => change(index, { ...rule, when })} />
            <To to={rule.to} data={data} onChange={(to) => change(index, { ...rule, to })} />
          </li>
        ))}
      </ol>
      <div className={styles.ends}>
        <Button
          icon={<Plus size={14} />}
          disabled={rules.length >= limits.assignRules.value}
          onClick={() => setRules([...rules, freshRule(rules, t('rules.rule'))])}
          data-testid="add-rule"
        >
          {t('rules.add')}
        </Button>
        <Button
          type="primary"
          disabled={isSaved}
          loading={save.isPending}
          onClick={() => save.mutate()}
          data-testid="save-rules"
        >
          {t('common:save')}
        </Button>
      </div>
    </Panel>
  )
}

function When({
  rule: { when },
  onChange,
}: {
  rule: AssignRule
  onChange: (when: Condition | null) => void
}) {
  const { t } = useTranslation('staff')
  return (
    <>
      <div className={styles.line}>
        <span>{t('rules.when')}</span>
        <Switch
          checked={when !== null}
          checkedChildren={t('rules.some')}
          unCheckedChildren={t('rules.all')}
          aria-label={t('rules.when')}
          onChange={(on) => onChange(on ? { kind: 'all', of: [] } : null)}
        />
      </div>
      {when === null ? null : (
        <ConditionWords>
          <ConditionEditor value={when} onChange={onChange} />
        </ConditionWords>
      )}
    </>
  )
}

interface ToProps {
  to: AssignTo
  data: StaffList
  onChange: (to: AssignTo) => void
}

/** Who gets them: all that is said must fit. */
function To({ to, data: { staff, teams }, onChange }: ToProps) {
  const { t } = useTranslation('staff')
  const names = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 60_000 }).data?.attributes ?? []
  const attributes = names.map(({ name }) => ({ value: name, label: name }))
  const attribute = (name: 'region' | 'category') => (
    <Select
      allowClear
      value={to[name]}
      placeholder={t(`rules.${name}`)}
      aria-label={t(`rules.${name}`)}
      showSearch={{ optionFilterProp: 'label' }}
      options={attributes}
      onChange={(value: string | null | undefined) => onChange({ ...to, [name]: value ?? null })}
    />
  )
  return (
    <div className={styles.pair}>
      <Select
        mode="multiple"
        value={to.staff}
        placeholder={t('rules.anybody')}
        aria-label={t('rules.anybody')}
        optionFilterProp="label"
        options={staff.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value: string[]) => onChange({ ...to, staff: value })}
      />
      <Select
        allowClear
        value={to.team}
        placeholder={t('rules.team')}
        aria-label={t('rules.team')}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value: string | null | undefined) => onChange({ ...to, team: value ?? null })}
      />
      {attribute('region')}
      {attribute('category')}
      <Select
        value={to.how}
        aria-label={t('rules.how')}
        options={(['turns', 'least'] as const).map((how) => ({ value: how, label: t(`rules.hows.${how}`) }))}
        onChange={(how) => onChange({ ...to, how })}
      />
    </div>
  )
}
