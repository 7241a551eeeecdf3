import assets from './assets.ts'
import audiences from './audiences.ts'
import canvas from './canvas.ts'
import common from './common.ts'
import contents from './contents.ts'
import coupons from './coupons.ts'
import customers from './customers.ts'
import delivery from './delivery.ts'
import difference from './difference.ts'
import fields from './fields.ts'
import importWords from './import.ts'
import journeys from './journeys.ts'
import mail from './mail.ts'
import messages from './messages.ts'
import models from './models.ts'
import nodes from './nodes.ts'
import optOuts from './opt-outs.ts'
import people from './people.ts'
import persons from './persons.ts'
import preview from './preview.ts'
import products from './products.ts'
import publishing from './publishing.ts'
import quality from './quality.ts'
import referrals from './referrals.ts'
import rehearsal from './rehearsal.ts'
import reports from './reports.ts'
import settings from './settings.ts'
import shell from './shell.ts'
import staff from './staff.ts'
import tasks from './tasks.ts'
import templates from './templates.ts'
import wecom from './wecom.ts'
import why from './why.ts'

/** Every namespace of this language. */
export default {
  assets,
  audiences,
  canvas,
  common,
  contents,
  coupons,
  customers,
  delivery,
  difference,
  fields,
  import: importWords,
  journeys,
  mail,
  messages,
  models,
  nodes,
  optOuts,
  people,
  persons,
  preview,
  products,
  publishing,
  quality,
  referrals,
  rehearsal,
  reports,
  settings,
  shell,
  staff,
  tasks,
  templates,
  wecom,
  why,
}
