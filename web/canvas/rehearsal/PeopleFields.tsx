import { Input, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Row, useConditionServices, Word } from '../../nodes/index.ts'
import { idsIn, type PeopleSetup } from '../../store/rehearsal.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import styles from './Rehearsal.module.css'

/** Who comes in by hand or by the API: ids that are pasted, or an audience. */
export function PeopleFields() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const { audiences } = useConditionServices()
  const format = useFormat()
  const people = useStore(rehearsal, (state) => state.setup.people)
  const set = (part: Partial<PeopleSetup>) =>
    rehearsal.setState(({ setup }) => ({ setup: { ...setup, people: { ...people, ...part } } }))
  const count = idsIn(people.text).length
  return (
    <div className={styles.people} data-testid="rehearsal-people">
      <Row>
        <Word>{t('people_in.title')}</Word>
        <Segmented<PeopleSetup['kind']>
          size="small"
          value={people.kind}
          aria-label={t('people_in.title')}
          options={[
            { value: 'list', label: t('people_in.list') },
            { value: 'audience', label: t('people_in.audience') },
          ]}
          onChange={(kind) => set({ kind })}
        />
        {people.kind === 'list' && count > 0 ? (
          <span className={styles.about}>{t('people_in.ids', { count, ids: format.count(count) })}</span>
        ) : null}
      </Row>
      {people.kind === 'list' ? (
        <Input.TextArea
          value={people.text}
          autoSize={{ minRows: 1, maxRows: 3 }}
          placeholder={t('people_in.placeholder')}
          aria-label={t('people_in.list')}
          data-testid="rehearsal-ids"
          onChange={({ target }) => set({ text: target.value })}
        />
      ) : (
        <Select
          value={people.audience === '' ? null : people.audience}
          placeholder={t('people_in.choose')}
          aria-label={t('people_in.audience')}
          notFoundContent={t('people_in.noAudience')}
          options={audiences.map(({ key, name }) => ({ value: key, label: format.text(name) }))}
          onChange={(audience) => set({ audience })}
        />
      )}
    </div>
  )
}
