import { useMutation } from '@tanstack/react-query'
import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type StaffList, teamAnswer } from '../../../shared/api/staff.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { Panel } from '../../ui/Page.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './staff.module.css'

/** The teams, each with its leader; members are put into one in their own form. */
export function TeamsPanel({ data: { staff, teams } }: { data: StaffList }) {
  const { t } = useTranslation('staff')
  const notice = useNotice()
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const done = { onError: (problem: unknown) => notice.problem(problem), onSettled: () => refresh('/staff') }
  const pathOf = (key: string) => `/teams/${encodeURIComponent(key)}`
  const save = useMutation({
    mutationFn: (team: { id: string; name: string; leader: string | null }) =>
      api.put(pathOf(team.id.trim()), teamAnswer, { name: team.name, leader: team.leader }),
    onSuccess: () => {
      setId('')
      setName('')
    },
    ...done,
  })
  const remove = useMutation({
    mutationFn: (key: string) => api.delete(pathOf(key), z.undefined()),
    ...done,
  })
  return (
    <Panel title={t('tabs.teams')}>
      <p className={styles.quiet}>{t('teams.about')}</p>
      <ul className={styles.list}>
        {teams.map((team) => (
          <li key={team.id}>
            <span className={styles.grow}>
              <strong>{team.name}</strong>
              <p className={styles.quiet}>{`${team.id} · ${t('teams.members', { count: team.members })}`}</p>
            </span>
            <Select
              allowClear
              style={{ minWidth: 160 }}
              value={team.leader}
              placeholder={t('teams.leader')}
              aria-label={`${t('teams.leader')} ${team.name}`}
              options={staff
                .filter(({ active }) => active)
                .map((one) => ({ value: one.id, label: t('teams.ledBy', { name: one.name }) }))}
              onChange={(leader: string | null | undefined) =>
                save.mutate({ id: team.id, name: team.name, leader: leader ?? null })
              }
            />
            <Button type="text" danger onClick={() => remove.mutate(team.id)}>
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <Space wrap>
        <Input
          value={id}
          maxLength={64}
          placeholder={t('teams.id')}
          aria-label={t('teams.id')}
          onChange={({ target }) => setId(target.value)}
          data-testid="team-id"
        />
        <Input
          value={name}
          maxLength={100}
          placeholder={t('teams.name')}
          aria-label={t('teams.name')}
          onChange={({ target }) => setName(target.value)}
          data-testid="team-name"
        />
        <Button
          disabled={id.trim() === '' || name.trim() === ''}
          loading={save.isPending}
          onClick={() => save.mutate({ id, name, leader: null })}
          data-testid="add-team"
        >
          {t('teams.add')}
        </Button>
      </Space>
    </Panel>
  )
}
