import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem.ts'
import { queryClient } from '../api/query.ts'
import { signIn } from '../api/session.ts'
import { Logo } from '../ui/Logo.tsx'
import { ProblemAlert } from '../ui/ProblemAlert.tsx'
import styles from './LoginPage.module.css'
import { LanguageSwitch, ModeSwitch } from './Switches.tsx'

/** Asks for the password of the installation, or for one of the staff’s own. */
export function LoginPage() {
  const { t } = useTranslation('shell')
  const { t: words } = useTranslation('staff')
  const [password, setPassword] = useState('')
  /** null: whoever has the installation's password. */
  const [staff, setStaff] = useState<string | null>(null)
  const login = useMutation({
    mutationFn: () => signIn(password, staff),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    login.mutate()
  }
  return (
    <main className={styles.page}>
      <div className={styles.switches}>
        <LanguageSwitch />
        <ModeSwitch />
      </div>
      <form className={styles.card} onSubmit={submit}>
        <span className={styles.mark}>
          <Logo size={30} />
        </span>
        <h1>{t('login.title')}</h1>
        <p>{t('login.text')}</p>
        <Checkbox
          checked={staff !== null}
          onChange={({ target }) => setStaff(target.checked ? '' : null)}
          data-testid="login-staff"
        >
          {words('login.staff')}
        </Checkbox>
        {staff === null ? null : (
          <Input
            size="large"
            autoComplete="username"
            aria-label={words('login.id')}
            placeholder={words('login.id')}
            value={staff}
            onChange={(event) => setStaff(event.target.value)}
            data-testid="login-staff-id"
          />
        )}
        <Input.Password
          size="large"
          autoFocus
          autoComplete="current-password"
          aria-label={t('login.password')}
          placeholder={t('login.password')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {login.error ? <ProblemAlert problem={asProblem(login.error)} /> : null}
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          loading={login.isPending}
          disabled={password === '' || staff === ''}
        >
          {t('login.submit')}
        </Button>
      </form>
    </main>
  )
}
