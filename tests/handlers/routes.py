"""Texts of routes that tests begin from."""

LETTERS = """
code = "letters"
title = "Исходящие письма"
[when]
flow = ["outgoing", "order"]
[groups]
"юристы" = ["kuznec"]
[[stage]]
name = "Визы"
kind = "approval"
performers = ["sidorov", "group:юристы"]
term = "2 рд"
mandatory = true
[[stage]]
name = "Руководитель"
kind = "approval"
performers = ["role:initiator_head"]
order = "sequential"
term = "1 рд"
[[stage]]
name = "Подпись"
kind = "signing"
[[stage]]
name = "Регистрация"
kind = "registration"
"""
