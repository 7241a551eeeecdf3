import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './server/store/sqlite/installation/tables.ts',
  out: './migrations/installation',
})
